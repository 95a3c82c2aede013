"""How the address of a line leads to a conversation: by the policy, with where it stands, in one query."""

from django.contrib.auth import get_user_model

from live.question import Question

from .models import Conversation
from .policy import with_roles
from .streams import STANDING

FOUND = "pk", "read_seq", *STANDING


def _visible_to(user_id):
    """`user_id` is of somebody known to be active, or a blank for one."""
    person = get_user_model()(pk=user_id)
    return with_roles(Conversation.objects.visible_to(person), person).order_by()


def _room(user_id, id):
    return _visible_to(user_id).rooms().filter(pk=id).values_list(*FOUND)


def _comments(user_id, id):
    return _visible_to(user_id).filter(task=id).values_list(*FOUND)


ROOM = Question(_room, user_id=int, id=int)
COMMENTS = Question(_comments, user_id=int, id=int)
