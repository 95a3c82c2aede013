"""How the addresses of lines lead to conversations: by the policy, with where each stands, all in one query."""

from functools import partial

from django.db.models import Value

from live.database.question import Question

from .policy import found_by
from .streams import STANDING

FOUND = "asker", "asked", "pk", "read_seq", *STANDING


def _found(one, users, ids):
    """What each of these people finds at the address of the same place in `ids`."""
    first, *others = (
        one(found_by(user), id).annotate(asker=Value(user), asked=Value(id)).values_list(*FOUND)
        for user, id in zip(users, ids, strict=True)
    )
    return first.union(*others, all=True)


ROOMS = Question(partial(_found, lambda found, id: found.rooms().filter(pk=id)), users=[int], ids=[int])
COMMENTS = Question(partial(_found, lambda found, id: found.filter(task=id)), users=[int], ids=[int])
