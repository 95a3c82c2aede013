"""How fast one webhook may post, and how fast one person may search, and look things up by name."""

from django.conf import settings

from live.limits import Buckets
from live.rate import posting_pace, take_from

SEARCHES_PER_SECOND, SEARCHES_AT_ONCE = 5, 30  # of one person; as many look-ups besides


def searching_pace():
    return SEARCHES_PER_SECOND, SEARCHES_AT_ONCE


HOOKS, SEARCHES, LOOKUPS = Buckets(posting_pace), Buckets(searching_pace), Buckets(searching_pace)


def limit_rate_of_hook(hook_id):
    """RateLimited when more comes by this webhook than its room can bear."""
    take_from(HOOKS, hook_id)


def limit_searches(user):
    """RateLimited when this person searches more than a person can."""
    if not settings.LOADTEST:
        take_from(SEARCHES, user.pk)


def limit_lookups(user):
    """The same of names that are asked for while somebody types."""
    if not settings.LOADTEST:
        take_from(LOOKUPS, user.pk)
