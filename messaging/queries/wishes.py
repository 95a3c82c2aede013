"""What a person wishes to hear of while they are away, and when they want to be left in peace."""

from datetime import timedelta

from django.utils import timezone

from accounts.zones import zone
from live.database.question import Question

from ..models import NotificationWishes


def of(user):
    """This person's wishes; those of somebody who never said are the usual ones."""
    for wishes in WISHES.ask(user_id=user.pk):
        wishes.user = user
        return wishes
    return NotificationWishes(user=user)


WISHES = Question(lambda user_id: NotificationWishes.objects.filter(user=user_id), user_id=int)


def told(wishes):
    """As a browser hears of them."""
    return {"push": wishes.push, "sound": wishes.sound, "digest": wishes.digest, "quiet": _quiet(wishes)}


def is_quiet(wishes, at=None):
    """Whether it is quiet for them at that moment, by the clocks of their own zone.

    Hours that go past midnight belong to the day on which they begin.
    """
    if not has_quiet_hours(wishes):
        return False
    here = timezone.localtime(at, zone(wishes.user.time_zone))
    begins, ends, now = wishes.quiet_from, wishes.quiet_until, here.time()
    if begins < ends:
        return begins <= now < ends and _is_on(wishes, here)
    since_yesterday = now < ends and _is_on(wishes, here - timedelta(days=1))
    return since_yesterday or (now >= begins and _is_on(wishes, here))


def has_quiet_hours(wishes):
    begins, ends = wishes.quiet_from, wishes.quiet_until
    return begins is not None and ends is not None and begins != ends


def _is_on(wishes, day):
    return str(day.weekday()) in wishes.quiet_days


def _quiet(wishes):
    if not has_quiet_hours(wishes):
        return None
    return {
        "from": f"{wishes.quiet_from:%H:%M}",
        "until": f"{wishes.quiet_until:%H:%M}",
        "days": wishes.quiet_days,
        "zone": str(zone(wishes.user.time_zone)),
    }
