"""How fast one person may post, over sockets and pages together."""

from functools import lru_cache

from django.conf import settings

from live.errors import RateLimited
from live.limits import Bucket
from live.process import hub_if_any


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
