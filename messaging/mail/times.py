"""When a person's next letter is due: at the pace they asked for, and not at once after one that did not leave."""

from datetime import timedelta

from django.core.cache import cache
from django.utils import timezone

from accounts.zones import zone

from ..models import NotificationWishes

Digest = NotificationWishes.Digest
MORNING = 8  # o'clock in their own zone, when the letter of the day is written
FIRST_REST, LONGEST_REST = timedelta(minutes=5), timedelta(hours=6)
REMEMBERED = timedelta(days=1)


def is_due(user, now):
    """`user` with their wishes, if they ever said any."""
    wishes = getattr(user, "notification_wishes", None) or NotificationWishes(user=user)
    _, resting_until = _rest_of(user.pk)
    return _is_wished(wishes, user, now) and (resting_until is None or now >= resting_until)


def rest(user_id, now):
    """No letter to them for a while, longer each time: theirs did not leave.

    Each process remembers it for itself and for as long as it lives; a try too many does no harm.
    """
    failures, _ = _rest_of(user_id)
    until = now + min(FIRST_REST * 2 ** min(failures, 10), LONGEST_REST)
    cache.set(_key(user_id), (failures + 1, until), REMEMBERED.total_seconds())


def need_no_rest(user_id):
    cache.delete(_key(user_id))


def _is_wished(wishes, user, now):
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


def _rest_of(user_id):
    """(how many letters did not leave in a row, until when they are left in peace)"""
    return cache.get(_key(user_id), (0, None))


def _key(user_id):
    return f"no-letter-to:{user_id}"
