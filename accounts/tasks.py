"""The Celery task for what may be late or repeated, and how often beat asks for it."""

from celery import shared_task

from .actions import purging


@shared_task
def purge_audit_log():
    purging.purge_audit_log()


SCHEDULE = {
    "purge audit log": {"task": "accounts.tasks.purge_audit_log", "schedule": 86400.0},
}
