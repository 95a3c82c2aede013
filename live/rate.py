"""How fast one person may do things, over sockets, pages and the API together."""

from functools import lru_cache

from django.conf import settings

from .limits import Bucket
from .process import hub_if_any
from .sockets.errors import RateLimited


def limit_rate(user):
    """RateLimited when this person does more than a person can, whatever it is that is done."""
    if wait := bucket_of(user.pk).take():
        raise RateLimited(wait)


def bucket_of(user_id):
    """The bucket of the hub where sockets are served; a process without sockets keeps its own."""
    hub = hub_if_any()
    return hub.bucket(user_id) if hub else _own_bucket(user_id)


@lru_cache(maxsize=10_000)
def _own_bucket(user_id):
    return Bucket(settings.LIVE["posts_per_second"], settings.LIVE["posts_burst"])
