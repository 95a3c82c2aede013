"""Opening a room of a board, and changing what it is."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from boards.models import Board
from boards.wording import one_line, paragraphs

from .. import policy
from ..models import Conversation
from .changing import add_event, lock_conversation
from .joining import add_memberships


@transaction.atomic
def create_room(*, by, board_id, name, description="", is_private=False, people=()):
    """A room of the board, with everybody on it; a private one with its maker and `people` (user ids)."""
    # The board first, so that nobody joins it while we look who is on it.
    board = Board.objects.select_for_update().filter(pk=board_id).first()
    if board is None or not policy.may_create_room(by, board):
        raise PermissionDenied("You may not open rooms on this board.")
    room = Conversation(kind=Conversation.Kind.ROOM, board=board, is_private=is_private, created_by=by)
    room.name, room.description = _free_name(room, name), _description(description)
    room.save()
    on_board = set(board.memberships.filter(user__is_active=True).values_list("user_id", flat=True))
    members = on_board & {by.pk, *people} if is_private else on_board
    add_memberships([room], members, moderators={by.pk})
    return room


@transaction.atomic
def rename_room(*, by, conversation_id, name, description=None):
    room = lock_room(conversation_id, by)
    name = _free_name(room, name)
    renamed = name != room.name
    room.name = name
    room.description = room.description if description is None else _description(description)
    room.save(update_fields=["name", "description"])
    if renamed:
        add_event(room, by, f"{by.name} renamed the room to {name}.", what="renamed", name=name)
    return room


@transaction.atomic
def archive_room(*, by, conversation_id):
    """Close the room: it can be read, but nothing is added."""
    room = lock_room(conversation_id, by)
    if room.archived_at is None:
        room.archived_at = timezone.now()
        room.save(update_fields=["archived_at"])
        add_event(room, by, f"{by.name} archived the room.", what="archived")
    return room


@transaction.atomic
def restore_room(*, by, conversation_id):
    room = lock_room(conversation_id, by)
    if room.archived_at is not None:
        room.archived_at = None
        room.save(update_fields=["archived_at"])
        add_event(room, by, f"{by.name} opened the room again.", what="restored")
    return room


def lock_room(conversation_id, by, ability=policy.MANAGE):
    conversation = lock_conversation(conversation_id, by, ability)
    if conversation.kind != Conversation.Kind.ROOM:
        raise PermissionDenied("This is not a room.")
    return conversation


def _free_name(room, name):
    name = one_line(name, limit=80, field="name")
    others = Conversation.objects.filter(board=room.board_id, kind=room.kind).exclude(pk=room.pk)
    if others.filter(name__iexact=name).exists():
        raise ValidationError({"name": "The board has a room of that name already."})
    return name


def _description(description):
    return " ".join(paragraphs(description, limit=250, field="description").split())
