"""Putting notifications away."""

from django.db import transaction
from django.utils import timezone

from ..models import Notification
from .inboxes import next_inbox_revision


@transaction.atomic
def mark_notifications_read(*, by, ids=None):
    """Those of these ids that are this person's, or all of them; returns the ids which were unread until now."""
    unread = Notification.objects.filter(user=by, read_at=None)
    if ids is not None:
        unread = unread.filter(pk__in=ids)
    found = list(unread.values_list("pk", flat=True))
    if found:
        revision = next_inbox_revision(by.pk)
        Notification.objects.filter(pk__in=found).update(read_at=timezone.now(), inbox_revision=revision)
    return found
