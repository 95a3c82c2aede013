"""What becomes of conversations when a board or an account changes.

Called inside the transaction of that change, under the lock of its board.
"""

from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from boards.models import BoardMembership
from live.language import for_everybody

from ...models import Ban, Conversation, Membership
from ..changing import add_event, lock_conversation
from ..notices.inboxes import lock_inboxes
from .ending import asked_by, end_those_of
from .joining import add_memberships, end_memberships, tell_anew
from .moderating import keep_moderated
from .opening import create_room, tell_retention

Kind = Conversation.Kind


def open_first_room(*, board, by):
    """It is told what is done on the board, which other rooms are not until somebody wants it."""
    with for_everybody():
        name, purpose = gettext("General"), gettext("For everything and everybody")
    room = create_room(by=by, board_id=board.pk, name=name, description=purpose)
    room.heard_revision = board.revision
    room.save(update_fields=["heard_revision"])
    return room


def open_comments(*, task, by):
    return Conversation.objects.create(kind=Kind.TASK, board_id=task.board_id, task=task, created_by=by)


def follow_retention(*, board, by):
    """In rooms that keep what is said as long as their board does, people hear of it."""
    for room in _locked(Q(kind=Kind.ROOM, retention_days=None, archived_at=None), board):
        tell_retention(room, by)


def note_task_name(*, task, by):
    conversation = Conversation.objects.filter(task=task).first()
    if conversation:
        conversation = lock_conversation(conversation.pk)
        sentence = _("{by} renamed the task to {title}.")
        add_event(conversation, by, sentence, {"title": task.title}, what="renamed", name=task.title)


def welcome_to_board(*, board, user, by):
    """Into every open room but those they are banned from; and what was said about the tasks so far is not unread.

    Who has been a guest may run rooms now, and is told of theirs, so that their inbox looks for the board.
    """
    as_guest = Membership.objects.filter(conversation__board=board, user=user).first()
    theirs = Q(is_private=True, memberships__user=user)
    there = _locked(Q(is_private=False, archived_at=None) | theirs, board)
    banned = set(
        Ban.objects.filter(user=user, conversation__board=board).values_list("conversation", flat=True)
    )
    rooms = [room for room in there if not room.is_private and room.pk not in banned]
    for room in rooms:
        add_event(
            room, by, _("{by} added {user}."), {"user": user.name}, what="member_added", user_id=user.pk
        )
    begun = board.conversations.filter(kind=Kind.TASK, last_seq__gt=0)
    Membership.objects.bulk_create(
        (Membership(conversation=task, user=user, read_seq=task.last_seq) for task in begun),
        ignore_conflicts=True,
        batch_size=500,
    )
    add_memberships(rooms, [user.pk])
    if as_guest:
        tell_anew(as_guest.conversation, user.pk)
    for room in there:
        keep_moderated(room)


def send_off_board(*, board, user, by):
    """Out of every room, the private ones too, and off every task."""
    rooms = _locked(_open_or_theirs(user), board)
    sentence = _("{by} left the board.") if by == user else _("{by} removed {user}.")
    for room in rooms:
        room.access += 1
        room.save(update_fields=["access"])
        add_event(room, by, sentence, {"user": user.name}, what="member_removed", user_id=user.pk)
    tasks = board.conversations.filter(kind=Kind.TASK)
    tasks.update(access=F("access") + 1)
    lock_inboxes({user.pk, *asked_by(user, rooms)})
    end_memberships([*rooms, *tasks.only("pk")], user)
    _settle([user], rooms)


def follow_role(*, board, user):
    """The person's role on the board is another one."""
    _settle([user], _locked(_open_or_theirs(user), board))


def follow_account(*, user, heirs):
    """The person's account is in use again, or no longer, and these memberships of boards are now those of owners."""
    boards = BoardMembership.objects.filter(user=user).values("board")
    theirs = Q(board__in=boards, is_private=False) | Q(memberships__user=user)
    handed_over = Q(board__in=[heir.board_id for heir in heirs])
    _settle([user, *(heir.user for heir in heirs)], _locked(theirs | handed_over))


def _settle(users, rooms):
    """Whom these people may not ask any more is not asked, and private rooms are run on by those inside."""
    end_those_of(users, rooms)
    for room in rooms:
        keep_moderated(room)


def _open_or_theirs(user):
    return Q(is_private=False) | Q(memberships__user=user)


def _locked(which, board=None):
    rooms = Conversation.objects if board is None else board.conversations
    ids = rooms.filter(which, kind=Kind.ROOM).values("pk")
    return list(Conversation.objects.select_for_update(no_key=True).filter(pk__in=ids).order_by("pk"))
