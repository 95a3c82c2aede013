"""Letters to people who are away: one for all that is still unread, never two about the same."""

from datetime import timedelta

from django.contrib.auth import get_user_model
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.utils import timezone

from accounts.mail import has_a_way_out
from accounts.middleware import zone

from .. import letters, notices
from ..models import Notification, NotificationWishes

Digest = NotificationWishes.Digest
WAIT = timedelta(minutes=5)  # in which people who are about read it themselves
MORNING = 8  # o'clock in their own zone, when the letter of the day is written
MOST_AT_ONCE = 200  # people in one round
MOST_TOLD = 50  # notifications in one letter; the rest is counted


def mail_digests():
    """Write to everybody whose letter is due; returns how many letters left. Several may try at once.

    As long as mail has no way out nothing counts as told.
    """
    if not has_a_way_out():
        return 0
    return sum(_mail(user) for user in list(_waiting()[:MOST_AT_ONCE]))


def stop_letters(*, user_id):
    """No more letters; whoever asks for it need not be signed in, only hold the link of one."""
    if get_user_model().objects.filter(pk=user_id).exists():
        NotificationWishes.objects.update_or_create(user_id=user_id, defaults={"digest": Digest.NEVER})


def _waiting():
    """People with an address and something unread for long enough, who did not say that they want no letters."""
    old = Notification.objects.filter(read_at=None, emailed_at=None, created_at__lte=timezone.now() - WAIT)
    people = get_user_model().objects.filter(pk__in=old.values("user"), is_active=True).exclude(email="")
    wanting = people.exclude(notification_wishes__digest=Digest.NEVER)
    return wanting.select_related("notification_wishes").order_by("pk")


def _mail(user):
    if not is_due(user, timezone.now()):
        return False
    taken = _take(user)
    if not taken:
        return False
    try:
        _send(user, taken)
    except Exception:
        Notification.objects.filter(pk__in=taken).update(
            emailed_at=None
        )  # it never left: another round tries
        raise
    return True


def is_due(user, now):
    wishes = _wishes(user)
    last = wishes.digest_sent_at
    if wishes.digest == Digest.HOURLY:
        return last is None or now - last >= timedelta(hours=1)
    if wishes.digest == Digest.DAILY:
        return _is_morning_since(last, now, zone(user.time_zone))
    return wishes.digest == Digest.SOON


def _is_morning_since(last, now, where):
    """Whether it has been eight o'clock there since the last letter."""
    here = timezone.localtime(now, where)
    morning = here.replace(hour=MORNING, minute=0, second=0, microsecond=0)
    return here >= morning and (last is None or last < morning)


@transaction.atomic
def _take(user):
    """The ids of what the letter tells, which no other letter tells any more. Who comes second gets none."""
    wishes, _ = NotificationWishes.objects.get_or_create(user=user)
    NotificationWishes.objects.select_for_update().get(pk=wishes.pk)
    unread = notices.of(user.pk).filter(read_at=None, emailed_at=None, message__deleted_at=None)
    ids = list(unread.values_list("pk", flat=True))
    Notification.objects.filter(pk__in=ids).update(emailed_at=timezone.now())
    if ids:
        NotificationWishes.objects.filter(pk=wishes.pk).update(digest_sent_at=timezone.now())
    return ids


def _send(user, ids):
    told = notices.told(Notification.objects.filter(pk__in=ids[:MOST_TOLD]).order_by("pk"))
    letter = letters.digest(user, told, more=len(ids) - len(told))
    mail = EmailMultiAlternatives(letter.subject, letter.text, None, [user.email], headers=letter.headers)
    mail.attach_alternative(letter.html, "text/html")
    mail.send()


def _wishes(user):
    return getattr(user, "notification_wishes", None) or NotificationWishes(user=user)
