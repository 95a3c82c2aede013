"""Conversations and inboxes as streams: state and changes make the present, in every dialect."""

import pytest

from boards.actions import remove_board_member
from live.database import question
from live.streams import unbroken
from messaging.actions import (
    add_member,
    clear_conversation,
    delete_message,
    edit_message,
    mark_notifications_read,
    mark_read,
    mark_unread,
    react,
    remove_member,
)
from messaging.line.streams import ConversationHead, ConversationSource, InboxHead, InboxSource
from messaging.models import Message
from messaging.queries import snapshots
from messaging.queries.places import places_of

from ..conftest import now, say

conversations, inboxes = ConversationSource(), InboxSource()


def live(where, since, dialect):
    """The frames that a follower hears who is told every revision."""
    changes = conversations.changes(where.pk, since, 1000)
    for revision, change in unbroken(changes, since):
        yield from conversations.say(change, revision, dialect, revision - 1)


def caught_up(where, since, dialect="v2"):
    """The frames for somebody who comes back."""
    for change in conversations.changes(where.pk, since, 1000):
        yield from conversations.say(change, change.revision, dialect, since)


def types(frames):
    return [frame["type"] for frame in frames]


def test_heads_are_one_query(hangar, cockpit, engine, django_assert_num_queries):
    with django_assert_num_queries(1):
        heads = conversations.heads([hangar.pk, cockpit.pk, engine.pk, 10**9])
    assert heads.keys() == {hangar.pk, cockpit.pk, engine.pk}
    stands = ConversationHead(hangar.revision, str(hangar.epoch), hangar.access, hangar.last_seq)
    assert heads[hangar.pk] == stands


def test_conversations_are_read_together_as_each_by_itself(
    ada, bob, hangar, cockpit, engine, django_assert_max_num_queries
):
    for number in range(3):
        for where in (hangar, cockpit, engine):
            last = say(ada, where, f"{number} @bob")
    react(conversation_id=engine.pk, message_id=last.pk, by=ada, emoji="👍")
    clear_conversation(conversation_id=cockpit.pk, by=ada)
    since = {hangar.pk: hangar.revision + 1, cockpit.pk: cockpit.revision, engine.pk: 10**9}
    with django_assert_max_num_queries(8):
        together = conversations.changes_of(since, 1000)
    assert together == {id: conversations.changes(id, revision, 1000) for id, revision in since.items()}
    assert [len(changes) for changes in together.values()] == [2, 1, 0]
    assert sum(map(len, conversations.changes_of(dict.fromkeys(since, 0), 4).values())) == 4
    assert conversations.changes_of({}, 10) == {}


def test_inboxes_are_read_together_in_the_same_words(ada, bob, vera, hangar, monkeypatch):
    for number in range(3):
        say(ada, hangar, f"{number} @bob and @vera")
    since = dict.fromkeys([vera.pk, bob.pk, ada.pk], 0)
    by_itself = {id: inboxes.changes(id, 0, 1000) for id in since}
    monkeypatch.delattr(question, "Words")  # no question is worded from here on
    assert inboxes.changes_of(since, 1000) == by_itself


def test_what_changed_at_once_in_an_inbox_is_told_at_once_however_little_fits(ada, bob, vera, hangar):
    for number in range(3):
        say(ada, hangar, f"{number} @bob and @vera")
    since = {vera.pk: 0, bob.pk: inboxes.heads([bob.pk])[bob.pk].revision}
    assert len(mark_notifications_read(by=bob)) == 3
    veras = len(inboxes.changes(vera.pk, 0, 1000))
    told = inboxes.changes_of(since, veras + 1)
    assert len(told[vera.pk]) == veras
    assert told[bob.pk] == inboxes.changes(bob.pk, since[bob.pk], 1000)


@pytest.mark.parametrize("count", [2, 200])
def test_changes_take_seven_queries(ada, bob, hangar, count, django_assert_max_num_queries):
    for number in range(count):
        message = say(ada, hangar, f"{number} @bob")
    react(conversation_id=hangar.pk, message_id=message.pk, by=bob, emoji="👍")
    with django_assert_max_num_queries(7):
        assert len(conversations.changes(hangar.pk, hangar.revision, 1000)) == count


def test_who_may_follow_is_two_queries(ada, bob, gus, eve, hangar, people, django_assert_max_num_queries):
    crowd = [user.pk for user in people(100)]
    with django_assert_max_num_queries(2):
        allowed = conversations.allowed(hangar.pk, {ada.pk, bob.pk, gus.pk, eve.pk, *crowd})
    assert allowed == {ada.pk, bob.pk, gus.pk}
    assert conversations.allowed(10**9, {ada.pk}) == set()


def test_a_fresh_message_is_said_without_asking(
    ada, bob, hangar, monkeypatch, django_capture_on_commit_callbacks
):
    told = []
    monkeypatch.setattr("messaging.actions.changing.announce_all", told.extend)
    with django_capture_on_commit_callbacks(execute=True):
        first = say(ada, hangar, "*one* @bob")
        second = say(bob, hangar, "two", reply_to=first.pk)
    assert [(key, revision) for key, revision, _ in told] == [
        (hangar.stream, first.revision),
        (hangar.stream, second.revision),
    ]
    for (_, _, change), message in zip(told, (first, second), strict=True):
        assert change.access == hangar.access
        assert {**change.noun, "last_seq": 0} == {**snapshots.snapshot_of(message), "last_seq": 0}


def test_saying_asks_nothing(ada, hangar, django_assert_num_queries):
    say(ada, hangar, "one")
    (change,) = conversations.changes(hangar.pk, hangar.revision, 10)
    with django_assert_num_queries(0):
        for dialect in ("plain", "v2", "inbox"):
            assert conversations.say(change, change.revision, dialect, hangar.revision)


def test_every_revision_reaches_v2_and_inbox(ada, bob, hangar):
    first, second = say(ada, hangar, "one"), say(bob, hangar, "two")
    edit_message(conversation_id=hangar.pk, message_id=first.pk, by=ada, body="One")
    react(conversation_id=hangar.pk, message_id=second.pk, by=ada, emoji="👍")
    react(conversation_id=hangar.pk, message_id=second.pk, by=ada, emoji="👍", on=False)
    delete_message(conversation_id=hangar.pk, message_id=first.pk, by=ada)
    expected = list(range(hangar.revision + 1, now(hangar).revision + 1))
    for dialect in ("v2", "inbox"):
        assert [frame["revision"] for frame in live(hangar, hangar.revision, dialect)] == expected


def test_plain_clients_hear_each_thing_once(ada, bob, hangar):
    first, second = say(ada, hangar, "one"), say(bob, hangar, "two")
    edit_message(conversation_id=hangar.pk, message_id=first.pk, by=ada, body="One")
    react(conversation_id=hangar.pk, message_id=second.pk, by=ada, emoji="👍")
    frames = list(live(hangar, hangar.revision, "plain"))
    assert types(frames) == ["chat_message", "chat_message", "message_edited"]
    delete_message(conversation_id=hangar.pk, message_id=second.pk, by=bob)
    assert types(live(hangar, now(hangar).revision - 1, "plain")) == ["message_deleted"]


def test_whoever_comes_back_hears_how_things_stand(ada, bob, hangar):
    old = say(ada, hangar, "old")
    since = now(hangar).revision
    gone = say(bob, hangar, "gone")
    edit_message(conversation_id=hangar.pk, message_id=old.pk, by=ada, body="older")
    delete_message(conversation_id=hangar.pk, message_id=gone.pk, by=bob)
    changed, tombstone = caught_up(hangar, since)
    assert (changed["type"], changed["message"]) == ("message_changed", "older")
    assert (tombstone["type"], tombstone["message"]) == ("chat_message", "")
    assert tombstone["deleted_at"]
    assert types(caught_up(hangar, gone.revision)) == ["message_changed", "message_deleted"]


def test_a_clearing_tells_nothing_of_what_it_cleared(ada, bob, hangar):
    since = now(hangar).revision
    say(bob, hangar, "secret")
    clear_conversation(conversation_id=hangar.pk, by=ada)
    frames = list(live(hangar, since, "v2"))
    assert types(frames) == ["messages_cleared", "messages_cleared"]
    assert "secret" not in str(frames)
    assert types(live(hangar, since, "plain")) == ["messages_cleared"]
    assert [frame["what"] for frame in live(hangar, since, "inbox")][-1] == "cleared"


def test_a_comment_says_so(ada, engine):
    message = say(ada, engine, "one")
    (frame,) = live(engine, 0, "plain")
    assert (frame["type"], frame["comment"], frame["comment_id"]) == ("new_comment", "one", message.pk)


def test_replies_do_not_keep_what_was_taken_back(ada, bob, hangar):
    first = say(ada, hangar, "secret")
    say(bob, hangar, "why?", reply_to=first.pk)
    since = now(hangar).revision - 1
    delete_message(conversation_id=hangar.pk, message_id=first.pk, by=ada)
    assert "secret" not in str(list(caught_up(hangar, since)))


def test_whispers_name_people_who_share(ada, bob, hangar):
    ada.shares_presence = ada.shares_receipts = False
    ada.save()

    def told(**whisper):
        return conversations.whispered(hangar.pk, whisper, "v2")

    both = [ada.pk, bob.pk]
    presence = told(kind="presence", came=both, gone=[], here=both, count=2)
    assert types(presence) == ["user_join", "presence_update"]
    assert [one["user_id"] for one in presence[-1]["members"]] == [bob.pk]
    assert presence[-1]["active_count"] == 1
    assert told(kind="presence", came=[], gone=[ada.pk], here=[bob.pk], count=1) == []
    assert told(kind="presence", came=[], gone=[], turned=[ada.pk], here=both, away=[ada.pk], count=1) == []
    turned = told(kind="presence", came=[], gone=[], turned=[bob.pk], here=both, away=both, count=0)
    assert [(one["user_id"], one["status"]) for one in turned[0]["members"]] == [(bob.pk, "away")]
    assert turned[0]["active_count"] == 0
    roster = told(kind="roster", here=both, away=[bob.pk], count=1)
    assert [one["status"] for one in roster[0]["members"]] == ["away"] and roster[0]["active_count"] == 0
    reading = {"message_id": 1, "read_seq": 1, "read_count": 1, "total_members": 2}
    assert told(kind="read", user_id=ada.pk, **reading) == []
    assert types(told(kind="read", user_id=bob.pk, **reading)) == ["message_marked_read"]
    assert types(told(kind="typing", user_id=ada.pk, on=True)) == ["user_typing"]
    assert told(kind="something newer") == []


# -- the inbox ---------------------------------------------------------------------------------------------------


def personal(who, since):
    head = inboxes.heads([who.pk])[who.pk]
    changes = inboxes.changes(who.pk, since, 1000)
    assert [change.revision for change in changes][-1:] in ([], [head.revision])
    return [frame for change in changes for frame in inboxes.say(change, change.revision, "inbox", since)]


def stands_at(who):
    return inboxes.heads([who.pk])[who.pk].revision


def test_an_inbox_without_a_change_stands_at_nought(eve):
    assert inboxes.heads([eve.pk, 10**9]) == {eve.pk: InboxHead(0, "inbox", 0, 0)}
    assert inboxes.allowed(eve.pk, {eve.pk, 10**9}) == {eve.pk}


def test_reading_is_told_to_my_other_tabs(ada, bob, hangar):
    message = say(bob, hangar, "@ada")
    since = stands_at(ada)
    mark_read(by=ada, conversation_id=hangar.pk, message_id=message.pk)
    frames = personal(ada, since)
    assert types(frames) == ["conversation_state", "notifications_read"]
    assert (frames[0]["unread"], frames[0]["mentions"], frames[0]["read_seq"]) == (0, 0, message.seq)
    assert frames[1]["unread_count"] == 0
    since = stands_at(ada)
    mark_unread(by=ada, conversation_id=hangar.pk, message_id=message.pk)
    assert personal(ada, since)[0]["unread"] == 1


def test_a_mention_is_told_with_its_count(ada, bob, hangar):
    since = stands_at(ada)
    message = say(bob, hangar, "look, @ada")
    notification, state = personal(ada, since)
    assert (notification["type"], notification["message_id"]) == ("notification", message.pk)
    assert (notification["excerpt"], notification["unread_count"]) == ("look, @ada", 1)
    assert state["mentions"] == 1
    since = stands_at(ada)
    mark_notifications_read(by=ada)
    state, read = personal(ada, since)
    assert state["mentions"] == 0
    assert read["ids"] == [notification["notification_id"]]


def test_joining_and_leaving_are_told(ada, bob, cockpit):
    since = stands_at(bob)
    add_member(by=ada, conversation_id=cockpit.pk, user_id=bob.pk)
    (joined,) = personal(bob, since)
    assert joined == {"type": "conversation_joined", **places_of(bob, [cockpit.pk])[0]}
    since = stands_at(bob)
    remove_member(by=ada, conversation_id=cockpit.pk, user_id=bob.pk)
    assert personal(bob, since) == [{"type": "conversation_left", "conversation_id": cockpit.pk}]


def test_leaving_the_board_leaves_all_its_rooms(ada, bob, board, hangar):
    since = stands_at(bob)
    remove_board_member(by=ada, board_id=board.pk, user_id=bob.pk)
    assert personal(bob, since) == [{"type": "conversation_left", "conversation_id": hangar.pk}]


def test_posting_costs_nobody_else_an_inbox_change(ada, bob, hangar):
    since = stands_at(bob), stands_at(ada)
    say(ada, hangar, "one")
    assert (stands_at(bob), stands_at(ada)) == since


def test_all_that_is_mine_is_four_queries(ada, board, hangar, direct, engine, django_assert_max_num_queries):
    with django_assert_max_num_queries(4):
        assert {place["kind"] for place in places_of(ada)} == {"room", "direct", "task"}


def test_a_message_of_a_gone_author_keeps_a_name(ada, bob, hangar):
    message = say(bob, hangar, "one")
    bob.delete()
    snapshot = snapshots.snapshot_of(Message.objects.get(pk=message.pk))
    assert (snapshot["user_id"], snapshot["display_name"]) == (None, "Bob")
