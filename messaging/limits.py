"""How fast one person may post, over sockets and pages together, and search; and how fast a webhook may."""

from functools import lru_cache

from django.conf import settings

from live.errors import RateLimited
from live.limits import Bucket
from live.process import hub_if_any

SEARCHES_PER_SECOND, SEARCHES_AT_ONCE = 5, 30  # of one person


def take_turn(user):
    """RateLimited when this person does more than a person can, whatever it is that is done."""
    if wait := posting_bucket(user.pk).take():
        raise RateLimited(wait)


def posting_bucket(user_id):
    """The bucket of the hub where sockets are served; a process without sockets keeps its own."""
    hub = hub_if_any()
    return hub.bucket(user_id) if hub else _own_bucket(user_id)


@lru_cache(maxsize=10_000)
def _own_bucket(user_id):
    return Bucket(settings.LIVE["posts_per_second"], settings.LIVE["posts_burst"])


def take_turn_of_hook(hook_id):
    """RateLimited when more comes by this webhook than its room can bear."""
    if wait := _bucket_of_hook(hook_id).take():
        raise RateLimited(wait)


@lru_cache(maxsize=10_000)
def _bucket_of_hook(hook_id):
    return Bucket(settings.LIVE["posts_per_second"], settings.LIVE["posts_burst"])


def take_turn_to_search(user):
    """RateLimited when this person searches more than a person can."""
    if not settings.LOADTEST and (wait := _searching_bucket(user.pk).take()):
        raise RateLimited(wait)


@lru_cache(maxsize=10_000)
def _searching_bucket(user_id):
    return Bucket(SEARCHES_PER_SECOND, SEARCHES_AT_ONCE)
