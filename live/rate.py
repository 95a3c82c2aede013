"""How fast one person may do things, over sockets, pages and the API together."""

from django.conf import settings

from .limits import Buckets
from .sockets.errors import RateLimited


def posting_pace():
    return settings.LIVE["posts_per_second"], settings.LIVE["posts_burst"]


POSTS = Buckets(posting_pace)  # of one person in this process


def limit_rate(user):
    """RateLimited when this person does more than a person can, whatever it is that is done."""
    take_from(POSTS, user.pk)


def take_from(buckets, person):
    """RateLimited when this person's bucket is empty."""
    if wait := buckets.of(person).take():
        raise RateLimited(wait)
