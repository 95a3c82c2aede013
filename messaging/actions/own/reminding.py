"""Reminding people of what they saved, when its time has come.

What waits is the row itself: it is looked at in every round until its person was reminded. So what comes due while they
may not read it is kept, and told when they may again.
"""

import logging

from django.db import transaction
from django.utils import timezone

from ...models import Notification, Saved
from ..notices.inboxes import lock_inboxes, next_inbox_revision
from ..notices.notifying import notify

log = logging.getLogger("messaging.reminding")

MOST_AT_ONCE = 200


def remind_due():
    """Remind everybody who is to be reminded by now; several may try at once. Returns how many were."""
    due = Saved.objects.due(timezone.now()).order_by("remind_at").values_list("pk", "user")
    return sum(_try(saved_id, user_id) for saved_id, user_id in list(due[:MOST_AT_ONCE]))


def _try(saved_id, user_id):
    """Whether they were reminded. What fails keeps nobody else waiting."""
    try:
        return _remind(saved_id, user_id)
    except Exception:
        log.exception("Nobody was reminded of what is saved as %s", saved_id)
        return False


@transaction.atomic
def _remind(saved_id, user_id):
    """Under the lock of their inbox, of several who tell of it one comes first."""
    lock_inboxes([user_id])
    saved = (
        Saved.objects.due(timezone.now()).filter(pk=saved_id).select_related("message__conversation").first()
    )
    if saved is None:
        return False
    if not notify(Notification.Kind.REMINDER, [user_id], message=saved.message):
        return False  # in this moment they may not read it any more
    saved.reminded_at, saved.inbox_revision = timezone.now(), next_inbox_revision(user_id)
    saved.save(update_fields=["reminded_at", "inbox_revision"])
    return True
