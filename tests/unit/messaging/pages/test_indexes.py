"""What is asked all the time is answered by an index, on either database: nothing reads all messages, or sorts them.

SQLite plans alike for ten rows and a million; PostgreSQL reads small tables whole unless that is forbidden, so it is.
What both do among a million, the bench tells.
"""

from datetime import date
from uuid import uuid4

import pytest
from django.db import connection

from messaging.actions import post_messages
from messaging.actions.notices import falling_due
from messaging.models import Conversation, Message, Notification
from messaging.posts import Post
from tests.asked import ASKED, HISTORY, searching
from tests.ways import ways_of

from ..conftest import say

MESSAGES = "messaging_message"
GROWING = {MESSAGES, "messaging_conversation", "messaging_notification", "messaging_invitation"}
POSTGRES = connection.vendor == "postgresql"
QUESTIONS = ASKED | {"a search": searching("number ")}


@pytest.mark.parametrize("what", QUESTIONS)
def test_no_question_reads_all_of_what_grows(ada, bob, hangar, what):
    ways = ways_in(ada, bob, hangar, QUESTIONS[what])
    assert ways and not GROWING & {table for way in ways for table in way.whole}


@pytest.mark.parametrize("what", [*HISTORY, "changes since"])
def test_pages_and_changes_come_in_order_from_their_index(ada, bob, hangar, what):
    ways = [way for way in ways_in(ada, bob, hangar, ASKED[what]) if f'FROM "{MESSAGES}"' in way.sql]
    assert ways and all(way.indexes and not way.is_sorted for way in ways)


@pytest.mark.skipif(POSTGRES, reason="PostgreSQL joins what it finds in several ways, as suits its tables")
def test_what_is_asked_of_many_posts_is_looked_up_pair_by_pair(ada, bob, hangar):
    """Else 64 posts of 64 people would be 4,096 lookups."""
    room = spoken(ada, hangar)
    posts = [Post(author=one, body="hello", client_id=uuid4()) for one in (ada, bob, ada, bob)]
    ways = ways_of(lambda: post_messages([(room.pk, post) for post in posts]))
    steps = [step for way in ways for step in way.steps]
    # For each of them, in the room and on the board.
    assert sum("=? AND user_id=?)" in step for step in steps) == 2
    assert sum("author_id=? AND client_id=?" in step for step in steps) == 1


@pytest.mark.parametrize("kind", [Notification.Kind.DUE, Notification.Kind.OVERDUE])
def test_what_is_due_is_found_by_its_date(db, kind):
    days = (date(2026, 12, 2), date(2026, 12, 3))
    untold = falling_due._untold_cards(kind, days, ["", "Asia/Tokyo"])
    (way,) = ways_of(lambda: list(untold), as_if_large=True)
    used = set(way.indexes)
    assert ("boards_task", "due") in used and not way.whole
    assert ("messaging_notification", "user_id, task_id, kind, due") in used


def test_a_question_without_an_index_is_noticed(ada, hangar):
    spoken(ada, hangar)
    nobody = Message.objects.filter(author_name="Nobody").order_by("body")
    (way,) = ways_of(lambda: list(nobody.all()))
    assert way.whole == (MESSAGES,) and not way.indexes and way.is_sorted and way.read is None
    (few,) = ways_of(lambda: list(Message.objects.filter(pk=1)), run=True)
    (all_of_them,) = ways_of(lambda: list(nobody.all()), run=True)
    assert all_of_them.read > few.read


def ways_in(ada, bob, hangar, ask):
    room = spoken(ada, hangar)
    return ways_of(lambda: ask(bob, room), as_if_large=True)


def spoken(by, room):
    for number in range(8):
        say(by, room, f"number {number}")
    return Conversation.objects.visible_to(by).get(pk=room.pk)
