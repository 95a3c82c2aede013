"""The demo's people, board and conversations, made by the same actions that people use."""

from datetime import timedelta

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from boards import actions as on_boards
from boards.models import Task
from messaging import actions as in_rooms
from messaging.models import Activity, Conversation, Notification

from .cards import CARDS, CHECKLISTS, COLUMNS, LABELS, LIMITS
from .conversations import Talk, let_talk
from .faces import face_of
from .own import lay_out
from .words import COMMENTS, GENERAL, LEADS, VENDORS

PASSWORD = "prizmai-demo"
PEOPLE = {
    "ada": "Ada Lovelace",
    "bob": "Bob Kahn",
    "carol": "Carol Shaw",
    "eve": "Eve Moneypenny",
    "gil": "Gil Gutenberg",
}
NAMES = "ada, bob, carol (on the board), gil (a guest in one room) or eve (on none)"
BOARD = "Apollo launch"
MAIL = "demo.invalid"  # RFC 2606: no mail can ever arrive there, and no other account has it


@transaction.atomic
def make():
    """Make all of it, or nothing. Expects a database without people."""
    people = _people()
    ada, bob, carol = people["ada"], people["bob"], people["carol"]
    board = on_boards.create_board(by=ada, name=BOARD, columns=COLUMNS)
    on_boards.add_board_member(by=ada, board_id=board.pk, user_id=bob.pk)
    on_boards.add_board_member(by=ada, board_id=board.pk, user_id=carol.pk, role="admin")
    general, leads, vendors = _rooms(board, people)
    _cards(board, people)
    rooms = [
        Talk(general, GENERAL, {"ada": 2, "carol": 3}),
        Talk(leads, LEADS, {"carol": 1}),
        Talk(vendors, VENDORS, {"gil": 1}),
    ]
    posted = let_talk([*rooms, *_comments(board)], people)
    lay_out(ada, general, leads, posted)
    return board


def _comments(board):
    for title, said in COMMENTS.items():
        unread = {} if said[-1].who == "ada" else {"ada": 1}
        yield Talk(Conversation.objects.get(task__title=title, board=board), said, unread)


def is_open():
    """Whether somebody of the demo can still sign in with the password that everyone knows."""
    known = User.objects.filter(email__endswith=f"@{MAIL}", username__in=PEOPLE, is_active=True)
    return any(person.check_password(PASSWORD) for person in known)  # as a rule the first one answers


def _people():
    password = make_password(PASSWORD)  # one hash for all: making it is slow on purpose
    for username, name in PEOPLE.items():
        User.objects.create(
            username=username,
            display_name=name,
            email=f"{username}@{MAIL}",
            password=password,
            avatar=face_of(username),
        )
    return {user.username: user for user in User.objects.all()}


def _rooms(board, people):
    ada, carol, gil = people["ada"], people["carol"], people["gil"]
    general = Conversation.objects.get(board=board, kind="room")
    private = {"by": ada, "board_id": board.pk, "is_private": True, "people": [carol.pk]}
    leads = in_rooms.create_room(name="Leads", **private)
    vendors = in_rooms.create_room(name="Vendors", **private)
    in_rooms.invite(by=ada, conversation_id=vendors.pk, user_id=gil.pk)
    in_rooms.accept_invitation(by=gil, invitation_id=vendors.invitations.get(user=gil).pk)
    return general, leads, vendors


def _cards(board, people):
    ada, today = people["ada"], timezone.localdate()
    labels = {
        name: on_boards.create_label(by=ada, board_id=board.pk, name=name, colour=colour).pk
        for name, colour in LABELS.items()
    }
    columns = {column.title: column.pk for column in board.columns.all()}
    for column, title, assignees, worn, due, description in CARDS:
        task = on_boards.create_task(
            by=people[assignees[0]],
            column_id=columns[column],
            title=title,
            description=description,
            due=None if due is None else today + timedelta(days=due),
            assignee_ids=[people[name].pk for name in assignees],
            label_ids=[labels[name] for name in worn],
        )
        _checklist(task, people[assignees[0]])
    for title, limit in LIMITS.items():
        on_boards.edit_column(by=ada, column_id=columns[title], limit=limit)
    long_ago = timezone.now() - timedelta(days=21)
    Task.objects.filter(board=board).update(created_at=long_ago)
    Notification.objects.update(created_at=long_ago)
    Activity.objects.all().delete()  # nobody in the rooms waits to be told of that any more
    for person in people.values():
        in_rooms.mark_notifications_read(by=person)


def _checklist(task, by):
    for text, is_done in CHECKLISTS.get(task.title, ()):
        item = on_boards.add_item(by=by, task_id=task.pk, text=text)
        on_boards.edit_item(by=by, task_id=task.pk, item_id=item.pk, is_done=is_done)
