"""What becomes of conversations when a board changes. Called inside the board's transaction, under its lock."""

from django.db.models import F, Q

from boards.policy import EDITORS

from ..models import Conversation, Membership
from .changing import add_event, lock_conversation
from .ending import end_those_of
from .joining import add_memberships, end_memberships, tell_anew
from .rooms import create_room

Kind = Conversation.Kind
FIRST_ROOM = "General"


def open_first_room(*, board, by):
    return create_room(by=by, board_id=board.pk, name=FIRST_ROOM, description="For everything and everybody")


def open_comments(*, task, by):
    return Conversation.objects.create(kind=Kind.TASK, board_id=task.board_id, task=task, created_by=by)


def note_task_name(*, task, by):
    conversation = Conversation.objects.filter(task=task).first()
    if conversation:
        conversation = lock_conversation(conversation.pk)
        sentence = f"{by.name} renamed the task to {task.title}."
        add_event(conversation, by, sentence, what="renamed", name=task.title)


def welcome_to_board(*, board, user, by):
    """Into every open room; and what was said about the tasks so far is not unread.

    Who has been a guest in those already is told of their room, so that their inbox looks for the board.
    """
    as_guest = Membership.objects.filter(conversation__board=board, user=user).first()
    rooms = _locked(Q(is_private=False, archived_at=None), board)
    for room in rooms:
        add_event(room, by, f"{by.name} added {user.name}.", what="member_added", user_id=user.pk)
    begun = board.conversations.filter(kind=Kind.TASK, last_seq__gt=0)
    Membership.objects.bulk_create(
        (Membership(conversation=task, user=user, read_seq=task.last_seq) for task in begun),
        ignore_conflicts=True,
        batch_size=500,
    )
    add_memberships(rooms, [user.pk])
    if as_guest:
        tell_anew(as_guest.conversation, user.pk)


def send_off_board(*, board, user, by):
    """Out of every room, the private ones too, and off every task."""
    rooms = _locked(Q(is_private=False) | Q(memberships__user=user), board)
    sentence = f"{user.name} left the board." if by == user else f"{by.name} removed {user.name}."
    for room in rooms:
        room.access += 1
        room.save(update_fields=["access"])
        add_event(room, by, sentence, what="member_removed", user_id=user.pk)
    tasks = board.conversations.filter(kind=Kind.TASK)
    tasks.update(access=F("access") + 1)
    end_memberships([*rooms, *tasks.only("pk")], user)
    for room in rooms:
        end_those_of(room, user)
        _keep_run(room)


def _keep_run(room):
    """A private room whose only moderator is gone is run by whoever of the board was in it longest."""
    inside = room.memberships.filter(user__is_active=True)
    if not room.is_private or inside.filter(role=Membership.Role.MODERATOR).exists():
        return
    able = inside.filter(user__board_memberships__board=room.board_id)
    able = able.filter(user__board_memberships__role__in=EDITORS)
    longest = able.order_by("joined_at", "pk").values_list("pk", flat=True).first()
    Membership.objects.filter(pk=longest).update(role=Membership.Role.MODERATOR)


def _locked(which, board):
    ids = board.conversations.filter(which, kind=Kind.ROOM).values("pk")
    return list(Conversation.objects.select_for_update().filter(pk__in=ids).order_by("pk"))
