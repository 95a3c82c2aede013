"""Telling people in the morning, by the clocks of their own zone, which of their cards are due, and which are overdue.

What was told holds as long as the card says so (NotificationQuerySet.readable). So it goes with what is done, moved to
another date or taken from them, and comes back with it, unless it was read.
"""

from datetime import date, timedelta

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from accounts.zones import zone
from boards.models import Board, Task

from ...models import Membership, Morning, Notification
from .inboxes import lock_inboxes
from .notifying import count_anew, notify
from .putting_away import withdraw

Kind = Notification.Kind
MORNING, NIGHT = 9, 21  # o'clock: whoever comes late to it tells nobody at night
DAY = timedelta(days=1)
NO_NEWS = timedelta(days=7)  # what is overdue for longer
MOST_AT_ONCE = 200  # cards


def tell_due():
    """Tell everybody whose morning has come; safe to repeat, and for several at once. Returns how many notices it made.

    A card is told of as due for the day after or, to who was not told then, for the day itself.
    """
    return sum(_tell_those_of(zones, day) for day, zones in _mornings().items())


def count_due_anew(*, task):
    """Its date or its people are others, or it came to be done, or no longer is."""
    told = Notification.objects.filter(task=task, due__isnull=False)
    # Whoever is given it now is told so next: of several inboxes all are held first.
    people = set(told.filter(read_at=None).values_list("user", flat=True))
    lock_inboxes(people and people.union(task.assignees.values_list("pk", flat=True)))
    count_anew(told)


def count_due_in_column_anew(*, column):
    count_anew(Notification.objects.filter(task__column=column, due__isnull=False))


def _mornings():
    """{day: zones in which it is that day, the morning has come, and not everybody was told}"""
    now, told, mornings = timezone.now(), dict(Morning.objects.values_list("zone", "day")), {}
    people = get_user_model().objects.filter(is_active=True).order_by()
    for name in people.values_list("time_zone", flat=True).distinct():
        here = timezone.localtime(now, zone(name))
        if MORNING <= here.hour < NIGHT and told.get(name, date.min) < here.date():
            mornings.setdefault(here.date(), []).append(name)
    return mornings


def _tell_those_of(zones, day):
    made = 0
    for kind, days in ((Kind.DUE, (day, day + DAY)), (Kind.OVERDUE, (day - NO_NEWS, day - DAY))):
        cards = list(_untold_cards(kind, days, zones)[:MOST_AT_ONCE])
        made += sum(_tell(card, kind, days, zones) for card in cards)
        if len(cards) == MOST_AT_ONCE:
            return made  # the rest comes in the next round
    for name in zones:
        Morning.objects.update_or_create(zone=name, defaults={"day": day})
    return made


@transaction.atomic
def _tell(card, kind, days, zones):
    """Under the lock of its board nobody changes the card meanwhile, and of several who tell of it one comes first."""
    Board.objects.select_for_update(no_key=True).get(pk=card.board_id)
    task = _untold_cards(kind, days, zones).filter(pk=card.pk).first()
    if task is None:
        return 0
    people = list(_untold_people(kind, zones).filter(task=task).values_list("user", flat=True))
    made = notify(kind, people, task=task, due=task.due)
    if kind == Kind.OVERDUE:
        withdraw(Notification.objects.filter(kind=Kind.DUE, task=task, user__in=people))
    return len(made)


def _untold_cards(kind, days, zones):
    """Those due on one of these days, and not done, of which somebody in these zones was not told so."""
    people = _untold_people(kind, zones).filter(task=OuterRef("pk"))
    return Task.objects.shown().filter(Exists(people), due__range=days, column__is_done=False)


def _untold_people(kind, zones):
    """Who has which card, as rows of Task.assignees, and wants to hear of it."""
    told = Notification.objects.filter(
        user=OuterRef("user"), task=OuterRef("task"), kind=kind, due=OuterRef("task__due")
    )
    deaf = Membership.objects.filter(
        conversation__task=OuterRef("task"), user=OuterRef("user"), level=Membership.Level.NOTHING
    )
    theirs = Task.assignees.through.objects.filter(user__is_active=True, user__time_zone__in=zones)
    return theirs.filter(~Exists(told), ~Exists(deaf))
