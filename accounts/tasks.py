"""Celery's door to what may be late or repeated, and when beat knocks at it."""

from celery import shared_task

from .actions import purging


@shared_task
def purge_audit_log():
    purging.purge_audit_log()


SCHEDULE = {
    "purge audit log": {"task": "accounts.tasks.purge_audit_log", "schedule": 86400.0},
}
