"""How the addresses of lines lead to conversations: by the policy, with where each stands, all in one query."""

from functools import partial

from django.db.models import Value

from live.database.question import Question

from .policy import found_by
from .streams import STANDING

FOUND = "asker", "asked", "pk", "read_seq", *STANDING


def _found(one, user, id, *more):
    """What this person finds at this address."""
    found = one(found_by(user), id)
    return found.annotate(asker=Value(user), asked=Value(id)).values_list(*FOUND, *more)


ROOMS = Question(partial(_found, lambda found, id: found.rooms().filter(pk=id)), user=int, id=int)
COMMENTS = Question(
    lambda user, id: _found(lambda found, id: found.filter(task=id), user, id, "board_id", "board_role"),
    user=int,
    id=int,
)
