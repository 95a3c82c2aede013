"""Letters to people who are away."""

from django.conf import settings
from django.core.mail import send_mail
from django.utils import timezone

from .. import notices, policy
from ..models import Notification


def mail_mention(notification_id):
    """Write to a person whose mention is still unread; safe to repeat."""
    waiting = Notification.objects.filter(pk=notification_id, read_at=None, emailed_at=None)
    notification = waiting.select_related("user", "message__conversation").first()
    if notification is None or not _should_hear(notification):
        return
    told = notices.told(waiting)[0]
    send_mail(_subject(told), _letter(told), None, [notification.user.email])
    Notification.objects.filter(pk=notification_id).update(emailed_at=timezone.now())


def _should_hear(notification):
    user, message = notification.user, notification.message
    return bool(user.email) and message.deleted_at is None and policy.may_read(user, message.conversation)


def _subject(told):
    # A name may hold a line break no form let through; a header must not.
    return " ".join(f"{told['display_name']} mentioned you in {told['place']}".split())


def _letter(told):
    return f"{told['display_name']} wrote:\n\n{told['excerpt']}\n\n{settings.PUBLIC_URL}{told['url']}\n"
