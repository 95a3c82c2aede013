"""How addresses lead to conversations, each by the policy in one query: those of lines, of pages, and of the API."""

from functools import partial

from django.db.models import Value
from django.http import Http404

from live.database.question import Question

from .models import Conversation, Message
from .policy import found_by
from .queries.pins import counted
from .streams import STANDING

# -- those of lines, which are asked about together ----------------------------------------------------------------

FOUND = "asker", "asked", "pk", "read_seq", *STANDING


def _of_line(one, user, id, *more):
    """What this person finds at this address."""
    found = one(found_by(user), id)
    return found.annotate(asker=Value(user), asked=Value(id)).values_list(*FOUND, *more)


ROOMS = Question(partial(_of_line, lambda found, id: found.rooms().filter(pk=id)), user=int, id=int)
COMMENTS = Question(
    lambda user, id: _of_line(lambda found, id: found.filter(task=id), user, id, "board_id", "board_role"),
    user=int,
    id=int,
)

# -- those of pages and of the API --------------------------------------------------------------------------------


def found(request, id):
    """The conversation if this person may read it, with their roles; otherwise there is none."""
    return _found(CONVERSATION, request, id)


def found_of_task(request, task_id):
    return _found(OF_TASK, request, task_id)


def found_room(request, id):
    """The same, but for the comments of a task: they have an address of their own."""
    return _found(ROOM, request, id)


def _found(question, request, id):
    conversations = question.ask(user_id=request.user.pk, id=id) if request.user.is_active else ()
    if not conversations:
        raise Http404("There is no such conversation.")
    return conversations[0]


def _shown_to(user_id):
    return counted(found_by(user_id)).select_related("task__column", "board")


CONVERSATION = Question(lambda user_id, id: _shown_to(user_id).filter(pk=id), user_id=int, id=int)
OF_TASK = Question(lambda user_id, id: _shown_to(user_id).filter(task=id), user_id=int, id=int)
ROOM = Question(lambda user_id, id: _shown_to(user_id).rooms().filter(pk=id), user_id=int, id=int)


def readable_message(request, message_id):
    """A message that stands where this person may read it; Http404 for all others."""
    readable = Message.objects.shown().filter(conversation__in=Conversation.objects.visible_to(request.user))
    stands = readable.filter(pk=message_id, deleted_at=None)
    message = stands.select_related("conversation", "author").first()
    if message is None:
        raise Http404("There is no such message.")
    return message
