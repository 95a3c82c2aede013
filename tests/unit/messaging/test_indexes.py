"""What is asked all the time is answered by an index, on either database: nothing reads all messages, or sorts them.

SQLite plans alike for ten rows and a million. PostgreSQL reads small tables whole unless that is forbidden, so it is.
"""

import json
import re
from uuid import uuid4

import pytest
from django.db import connection, transaction

from messaging.actions import post_messages
from messaging.catching_up import waiting
from messaging.models import Conversation, Message
from messaging.places import places_of
from messaging.posts import Post
from messaging.search.finding import search
from messaging.streams import ConversationSource, InboxSource
from messaging.timeline import page_of

from .conftest import say

TABLE = "messaging_message"
POSTGRES = connection.vendor == "postgresql"


def linked(user):
    return [{"id": place["conversation_id"], **place} for place in places_of(user)]


def history(**place):
    return lambda user, room: page_of(room, **place)


ASKED = {
    "the newest page": history(),
    "the page before": history(before=3),
    "the page after": history(after=1),
    "the page around": history(around=2),
    "changes since": lambda user, room: ConversationSource().changes(room.pk, 1, 1_000),
    "where conversations stand": lambda user, room: ConversationSource().heads([room.pk]),
    "where inboxes stand": lambda user, room: InboxSource().heads([user.pk]),
    "who may follow": lambda user, room: ConversationSource().allowed(room.pk, [user.pk]),
    "unread counts": lambda user, room: places_of(user),
    "what waits to be read": lambda user, room: waiting(user, linked(user)),
    "a search": lambda user, room: search(user, "number "),
}
IN_ORDER = [name for name in ASKED if "page" in name or name == "changes since"]


@pytest.mark.parametrize("what", ASKED)
def test_no_question_reads_all_messages(ada, bob, hangar, what):
    assert scanned(plans_of(ASKED[what], bob, spoken(ada, hangar))) == []


@pytest.mark.parametrize("what", IN_ORDER)
def test_pages_and_changes_come_in_order_from_their_index(ada, bob, hangar, what):
    plans = plans_of(ASKED[what], bob, spoken(ada, hangar))
    assert any(reads_messages(sql) for sql, _ in plans)
    assert [plan for sql, plan in plans if reads_messages(sql) and is_sorted(plan)] == []


@pytest.mark.skipif(POSTGRES, reason="PostgreSQL joins what it finds in several ways, as suits its tables")
def test_what_is_asked_of_many_posts_is_looked_up_pair_by_pair(ada, bob, hangar):
    """Else 64 posts of 64 people would be 4,096 lookups."""
    room = spoken(ada, hangar)
    posts = [Post(author=one, body="hello", client_id=uuid4()) for one in (ada, bob, ada, bob)]
    plans = plans_of(lambda *_: post_messages([(room.pk, post) for post in posts]))
    by_pairs = [detail for _, plan in plans for detail in plan if "=? AND user_id=?)" in detail]
    by_names = [detail for _, plan in plans for detail in plan if "author_id=? AND client_id=?" in detail]
    assert len(by_pairs) == 2  # for each of them, in the room and on the board
    assert len(by_names) == 1


def test_a_question_without_an_index_is_noticed(ada, bob, hangar):
    spoken(ada, hangar)
    plans = plans_of(
        lambda *_: list(Message.objects.filter(author_name="Nobody").order_by("body")), bob, hangar
    )
    assert scanned(plans) == [TABLE] or POSTGRES
    assert is_sorted(plans[0][1])


def spoken(by, room):
    for number in range(5):
        say(by, room, f"number {number}")
    return Conversation.objects.visible_to(by).get(pk=room.pk)


def plans_of(ask, *who_and_where):
    """[(sql, plan)] of every SELECT that is asked."""
    asked = []

    def note(execute, sql, params, many, context):
        asked.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        ask(*who_and_where)
    return [(sql, plan(sql, params)) for sql, params in asked if sql.lstrip().startswith("SELECT")]


def plan(sql, params):
    with transaction.atomic(), connection.cursor() as cursor:
        if POSTGRES:
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute("SET LOCAL enable_bitmapscan = off")
            cursor.execute(f"EXPLAIN (FORMAT JSON) {sql}", params)
            told = cursor.fetchone()[0]
            return json.loads(told) if isinstance(told, str) else told
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}", params)
        return [row[3] for row in cursor.fetchall()]


def scanned(plans):
    """The names under which all messages would be read."""
    return [name for sql, plan in plans for name in _scanned(sql, plan)]


def _scanned(sql, plan):
    if POSTGRES:
        nodes = nodes_of(plan[0]["Plan"])
        return [
            TABLE for node in nodes if node["Node Type"] == "Seq Scan" and node.get("Relation Name") == TABLE
        ]
    names = {TABLE, *re.findall(rf'"{TABLE}" (\w+)', sql)} - {"WHERE", "INNER", "LEFT", "ORDER"}
    scans = [re.match(r"SCAN (\w+)", detail) for detail in plan]
    return [scan[1] for scan in scans if scan and scan[1] in names]


def reads_messages(sql):
    return f'FROM "{TABLE}"' in sql


def is_sorted(plan):
    if POSTGRES:
        return any("Sort" in node["Node Type"] for node in nodes_of(plan[0]["Plan"]))
    return any("TEMP B-TREE FOR ORDER BY" in detail for detail in plan)


def nodes_of(node):
    yield node
    for below in node.get("Plans", ()):
        yield from nodes_of(below)
