"""How addresses lead to conversations and messages, each by the policy in one query: of lines, of pages, of the API."""

from django.db.models import Value
from django.http import Http404

from live.database.question import Question

from .line.streams import STANDING
from .models import Message
from .policy import found_by
from .queries.pins import counted

# -- those of lines, which are asked about together ----------------------------------------------------------------

FOUND = "asker", "asked", "pk", "read_seq", *STANDING, "board_role"


def _of_line(found, user, id, *more):
    """Of each conversation `found` at this address what its line needs to know, and who asked for what."""
    return found.annotate(asker=Value(user), asked=Value(id)).values_list(*FOUND, *more)


def _room_at(user, id):
    return _of_line(found_by(user).rooms().filter(pk=id), user, id)


def _comments_at(user, id):
    return _of_line(found_by(user).filter(task=id), user, id, "board_id")


ROOMS = Question(_room_at, user=int, id=int)
COMMENTS = Question(_comments_at, user=int, id=int)

# -- those of pages and of the API --------------------------------------------------------------------------------


def found(request, id):
    """The conversation, `with_roles`; Http404 unless this person may read it."""
    return _found(CONVERSATION, request, id)


def found_of_task(request, task_id):
    """The comments of this task, likewise."""
    return _found(OF_TASK, request, task_id)


def found_room(request, id):
    """As `found`, but never the comments of a task, which have an address of their own."""
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
    """A message that stands where this person may read it; Http404 otherwise."""
    readable = Message.objects.readable_by(request.user).filter(pk=message_id)
    message = readable.select_related("conversation", "author").first()
    if message is None:
        raise Http404("There is no such message.")
    return message
