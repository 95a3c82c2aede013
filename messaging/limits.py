"""How fast one webhook may post, and how fast one person may search."""

from functools import lru_cache

from django.conf import settings

from live.limits import Bucket
from live.sockets.errors import RateLimited

SEARCHES_PER_SECOND, SEARCHES_AT_ONCE = 5, 30  # of one person


def limit_rate_of_hook(hook_id):
    """RateLimited when more comes by this webhook than its room can bear."""
    if wait := _bucket_of_hook(hook_id).take():
        raise RateLimited(wait)


@lru_cache(maxsize=10_000)
def _bucket_of_hook(hook_id):
    return Bucket(settings.LIVE["posts_per_second"], settings.LIVE["posts_burst"])


def limit_searches(user):
    """RateLimited when this person searches more than a person can."""
    if not settings.LOADTEST and (wait := _searching_bucket(user.pk).take()):
        raise RateLimited(wait)


@lru_cache(maxsize=10_000)
def _searching_bucket(user_id):
    return Bucket(SEARCHES_PER_SECOND, SEARCHES_AT_ONCE)
