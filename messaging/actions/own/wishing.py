"""Choosing what to be told: of one conversation, while away, and in which browsers."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ...models import Conversation, Membership, NotificationWishes, PushSubscription
from ...push import guard, post
from ..notices.inboxes import next_inbox_revision
from ..rooms.joining import begin_place

MOST_BROWSERS = 20  # of one person; the oldest give way


@transaction.atomic
def set_level(*, by, conversation_id, level):
    """From now on this person hears of everything, of mentions, or of nothing that is said there."""
    if level not in Membership.Level.values:
        raise ValidationError(_("Choose everything, mentions or nothing."))
    conversation = Conversation.objects.visible_to(by).filter(pk=conversation_id).first()
    if conversation is None:
        raise PermissionDenied(_("You may not do that here."))
    chosen = {"level": level, "inbox_revision": next_inbox_revision(by.pk)}
    mine = conversation.memberships.filter(user=by)
    if not mine.update(**chosen):
        begin_place(by, conversation.pk, **chosen)
    return conversation


@transaction.atomic
def keep_wishes(*, by, **wished):
    """What was said in the form; a quiet time needs both its ends."""
    wishes = NotificationWishes.objects.get_or_create(user=by)[0]
    for name, value in wished.items():
        setattr(wishes, name, value)
    if (wishes.quiet_from is None) != (wishes.quiet_until is None):
        raise ValidationError(_("Quiet hours need a beginning and an end, or neither."))
    wishes.inbox_revision = next_inbox_revision(by.pk)
    wishes.save(update_fields=[*wished, "inbox_revision"])
    return wishes


@transaction.atomic
def add_browser(*, by, session_key, endpoint, p256dh, auth, browser=""):
    """Push to this browser as long as the session lasts. One that changed hands is its present person's alone."""
    guard.check_endpoint(endpoint)
    post.check_keys(p256dh, auth)
    kept = {"user": by, "session_key": session_key, "p256dh": p256dh, "auth": auth, "browser": browser[:200]}
    fresh = {**kept, "failures": 0, "resting_until": None}
    row = PushSubscription.objects.update_or_create(endpoint=endpoint, defaults=fresh)[0]
    too_many = by.push_subscriptions.order_by("-pk").values_list("pk", flat=True)[MOST_BROWSERS:]
    PushSubscription.objects.filter(pk__in=list(too_many)).delete()
    return row


def remove_browser(*, by, id=None, endpoint=None):
    """No more pushes to this browser of theirs; harmless when it is gone already."""
    which = {"endpoint": endpoint} if id is None else {"pk": id}
    by.push_subscriptions.filter(**which).delete()
