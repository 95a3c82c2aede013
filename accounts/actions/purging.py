"""Deleting old entries of the audit log."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from ..models import AuditEntry
from .noting import note


@transaction.atomic
def purge_audit_log():
    """Delete entries older than AUDIT_DAYS, and note that; returns how many."""
    if not settings.AUDIT_DAYS:
        return 0
    before = timezone.now() - timedelta(days=settings.AUDIT_DAYS)
    count, _ = AuditEntry.objects.filter(at__lt=before).delete()
    if count:
        note("audit.purged", by=None, entries=count, before=f"{before:%Y-%m-%d %H:%M} UTC")
    return count
