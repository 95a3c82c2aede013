"""How the address of a line leads to a conversation: by the policy, with where it stands, in one query."""

from live.question import Question

from .policy import found_by
from .streams import STANDING

FOUND = "pk", "read_seq", *STANDING


def _room(user_id, id):
    return found_by(user_id).rooms().filter(pk=id).values_list(*FOUND)


def _comments(user_id, id):
    return found_by(user_id).filter(task=id).values_list(*FOUND)


ROOM = Question(_room, user_id=int, id=int)
COMMENTS = Question(_comments, user_id=int, id=int)
