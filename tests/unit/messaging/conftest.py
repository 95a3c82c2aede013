"""The cast in conversation: Ada owns the hangar, Bob works in it, Vera looks on, Gus is a guest of one room,
Rex was removed, Eve is never in it."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.utils import timezone

from boards.actions import add_board_member, create_task, remove_board_member
from messaging.actions import add_member, create_room, make_bot, open_direct, post_message
from messaging.actions.saying import telling
from messaging.line.streams import InboxSource
from messaging.models import Conversation

from ..cast import person
from .hook_server import HookServer
from .site_server import SiteServer


@pytest.fixture(autouse=True)
def nobody_has_posted_yet():
    telling._served.clear()


@pytest.fixture
def board(with_board):
    return with_board.board


@pytest.fixture
def rex(board, ada):
    return removed_from(board, ada)


def removed_from(board, ada):
    rex = person("rex")
    add_board_member(by=ada, board_id=board.pk, user_id=rex.pk)
    remove_board_member(by=ada, board_id=board.pk, user_id=rex.pk)
    return rex


@pytest.fixture
def hangar(board, ada, gus):
    return room_of(board, ada, gus)


def room_of(board, ada, gus):
    """The open room of the board, with Gus as a guest."""
    room = board.conversations.get(name="General")
    add_member(by=ada, conversation_id=room.pk, user_id=gus.pk)
    return now(room)


@pytest.fixture
def cockpit(board, ada, gus):
    """A private room of Ada's and Gus's."""
    room = create_room(by=ada, board_id=board.pk, name="Cockpit", is_private=True)
    add_member(by=ada, conversation_id=room.pk, user_id=gus.pk)
    return now(room)


@pytest.fixture
def engine(board, ada):
    """The comments of a task."""
    column = board.columns.first()
    return create_task(by=ada, column_id=column.pk, title="Engine").conversation


@pytest.fixture
def direct(board, ada, bob):
    return open_direct(by=ada, people=[bob.pk])


@pytest.fixture
def bot(ada, board):
    return make_bot(by=ada, board_id=board.pk, name="Deploy")


@pytest.fixture
def server(settings):
    """A server of somebody else, to which webhooks may be sent."""
    server = HookServer()
    settings.WEBHOOK_HOSTS = [server.place]
    yield server
    server.closes()


@pytest.fixture
def site(settings, tmp_path):
    """A web site of somebody else, whose pages may be previewed; pictures are stored in a folder of this test."""
    site = SiteServer()
    settings.PREVIEWED_FOR_TESTS = [site.place]
    where = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = {**settings.STORAGES, "default": where}
    yield site
    site.closes()


def now(conversation):
    """The conversation as it is in the database now."""
    return Conversation.objects.get(pk=conversation.pk)


def say(who, where, text, **more):
    return post_message(conversation_id=where.pk, author=who, body=text, **more)


def told(who, since=0):
    """The frames that this person's inbox tells of what changed after this revision of it."""
    return [frame for change in InboxSource().changes(who.pk, since, 100) for frame in change.noun]


def soon(minutes=20):
    return timezone.now() + timedelta(minutes=minutes)


@pytest.fixture
def people(db):
    """Any number of people, quickly."""
    users = get_user_model().objects
    return lambda count: users.bulk_create(users.model(username=f"person{n}") for n in range(count))
