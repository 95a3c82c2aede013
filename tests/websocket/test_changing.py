"""Editing, deleting, reacting, clearing."""

from uuid import uuid4

import pytest

from ..cast import words
from ..fault.lab.wire import PLAIN


async def test_an_edit_reaches_everybody(ada, bob, place):
    v2, plain = await bob.enters(place), await bob.enters(place, dialect=PLAIN)
    sent = await ada.posts(place, "Helo")
    line = await ada.line_to(place)
    await line.says("edit_message", message_id=sent["message_id"], message="Hello")
    changed = await v2.hears("message_changed", message_id=sent["message_id"])
    assert words(changed) == "Hello" and changed["edited_at"]
    assert changed["seq"] == sent["seq"] and changed["revision"] == sent["revision"] + 1
    edited = await plain.hears("message_edited", message_id=sent["message_id"])
    assert edited["message"] == "Hello" and edited["edited_at"] == changed["edited_at"]
    assert edited["revision"] == changed["revision"] and "html" in edited
    assert not plain.has_heard("message_changed") and not v2.has_heard("message_edited")


async def test_nobody_edits_the_words_of_another(ada, bob, hangar):
    sent = await bob.posts(hangar, "My words")
    line = await ada.enters(hangar)
    await line.says("edit_message", message_id=sent["message_id"], message="Your words")
    assert (await line.hears("error"))["temporary"] is False
    own = await ada.posts(hangar, "Mine")
    await line.says("edit_message", message_id=own["message_id"], message="Mine indeed")
    await line.hears("message_changed", message_id=own["message_id"])
    assert not line.has_heard("message_changed", message_id=sent["message_id"])


@pytest.mark.parametrize("by", ["author", "moderator"])
async def test_a_deleted_message_leaves_a_tombstone(ada, bob, place, by):
    v2, plain = await bob.enters(place), await bob.enters(place, dialect=PLAIN)
    sent = await bob.posts(place, "Take this back")
    who = bob if by == "author" else ada
    await (await who.line_to(place)).says("delete_message", message_id=sent["message_id"])
    for line in (v2, plain):
        gone = await line.hears("message_deleted", message_id=sent["message_id"])
        assert gone["deleted_by_id"] == who.user_id and gone["deleted_by"]
        assert gone["revision"] == sent["revision"] + 1
        assert "Take this back" not in str(gone)


async def test_only_moderators_delete_what_others_said(ada, bob, hangar):
    sent = await ada.posts(hangar, "Stay")
    line = await bob.enters(hangar)
    await line.says("delete_message", message_id=sent["message_id"])
    assert (await line.hears("error"))["temporary"] is False
    await (await ada.line_to(hangar)).says("delete_message", message_id=sent["message_id"])
    assert (await line.hears("message_deleted"))["deleted_by_id"] == ada.user_id


async def test_reactions_are_given_and_taken_back(ada, bob, place):
    line = await bob.enters(place)
    sent = await ada.posts(place, "Lunch?")
    for on, expected in ((True, {"👍": [bob.user_id]}), (False, {})):
        await line.says("react", message_id=sent["message_id"], emoji="👍", on=on)
        changed = await line.hears_such(
            lambda frame, wanted=expected: (
                frame["type"] == "message_changed" and frame["reactions"] == wanted
            ),
            expected,
        )
        assert changed["message_id"] == sent["message_id"] and changed["edited_at"] is None


@pytest.mark.parametrize(
    "change",
    [
        {"type": "edit_message", "message": "Hello"},
        {"type": "delete_message"},
        {"type": "react", "emoji": "👍", "on": True},
        {"type": "pin", "on": True},
    ],
    ids=lambda change: change["type"],
)
async def test_a_change_is_acknowledged_to_who_names_it_each_time(ada, bob, place, change):
    sent = await ada.posts(place, "Helo")
    line, other = await ada.line_to(place), await bob.enters(place)
    for _ in range(2):
        client_id = str(uuid4())
        await line.says(**change, message_id=sent["message_id"], client_id=client_id)
        ack = await line.hears("ack", client_id=client_id)
        assert (ack["message_id"], ack["revision"]) == (sent["message_id"], sent["revision"] + 1)
    await other.settles()
    assert not other.has_heard("ack")


async def test_a_change_with_a_name_that_is_none_is_not_made(ada, hangar):
    sent = await ada.posts(hangar, "Hello")
    line = await ada.line_to(hangar)
    await line.says("edit_message", message_id=sent["message_id"], message="Hi", client_id="no uuid")
    assert (await line.hears("error"))["code"] == "malformed"
    assert not line.has_heard("message_changed", message_id=sent["message_id"])


async def test_clearing_tells_how_many_and_by_whom(ada, bob, hangar, scene):
    v2, plain = await bob.enters(hangar), await bob.enters(hangar, dialect=PLAIN)
    for number in range(3):
        sent = await ada.posts(hangar, f"Old {number}")
    scene.stage.ask("clear", by=ada.user_id, conversation_id=hangar.conversation_id)
    for line in (v2, plain):
        cleared = await line.hears("messages_cleared")
        assert cleared["cleared_by_id"] == ada.user_id and cleared["cleared_by"]
        assert cleared["count"] >= 3 and cleared["revision"] == sent["revision"] + 1


@pytest.mark.parametrize(
    "frame",
    [
        {"type": "edit_message", "message": "Mine now"},
        {"type": "delete_message"},
        {"type": "react", "emoji": "👍", "on": True},
        {"type": "message_read"},
        {"type": "mark_unread"},
    ],
    ids=lambda frame: frame["type"],
)
async def test_a_message_of_another_room_is_out_of_reach(ada, eve, hangar, far_away, frame):
    """S65: the very same frame is fine for a message of this room."""
    far_line = await eve.enters(far_away)
    secret = await eve.posts(far_away, "Far away")
    own = await ada.posts(hangar, "Right here")
    line = await ada.line_to(hangar)
    await line.says(**frame, message_id=own["message_id"])
    await line.settles()
    assert not line.has_heard("error")
    await line.says(**frame, message_id=secret["message_id"])
    refused = await line.hears("error")
    await line.says(**frame, message_id=10**9)
    unknown = await line.hears_such(
        lambda one: one["type"] == "error" and one is not refused, "a second error"
    )
    assert (refused["code"], refused["detail"]) == (unknown["code"], unknown["detail"])
    await eve.posts(far_away, "Still the same")
    await eve.hears("Still the same")
    kinds = {one["type"] for one in far_line.heard}
    assert not kinds & {"message_changed", "message_deleted"}
    assert not [one for one in far_line.heard if one.get("user_id") == ada.user_id]
