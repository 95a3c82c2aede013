"""How fast one webhook may post, and one person may search."""

from django.conf import settings

from live.limits import Buckets
from live.rate import posting_pace, take_from

SEARCHES_PER_SECOND, SEARCHES_AT_ONCE = 5, 30  # of one person


def searching_pace():
    return SEARCHES_PER_SECOND, SEARCHES_AT_ONCE


HOOKS, SEARCHES = Buckets(posting_pace), Buckets(searching_pace)


def limit_rate_of_hook(hook_id):
    """RateLimited when more comes by this webhook than its room can bear."""
    take_from(HOOKS, hook_id)


def limit_searches(user):
    """RateLimited when this person searches more than a person can."""
    if not settings.LOADTEST:
        take_from(SEARCHES, user.pk)
