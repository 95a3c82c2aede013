"""since and epoch: what was missed comes, once; what cannot be caught up is told to load anew."""

import pytest

from ..cast import new_client_id, words

ELSEWHEN = "00000000-0000-4000-8000-000000000000"


async def stand(person, place):
    """Where this person's client stands, after leaving: (since, epoch)."""
    line = await person.enters(place)
    welcome = await line.hears("welcome")
    await line.closes()
    return welcome["revision"], welcome["epoch"]


def durable(line):
    kinds = {"chat_message", "new_comment", "message_changed", "message_deleted", "messages_cleared"}
    return [frame for frame in line.heard if frame["type"] in kinds]


async def test_what_was_said_meanwhile_comes_then_synced(ada, bob, place):
    since, epoch = await stand(bob, place)
    sent = [await ada.posts(place, f"Meanwhile {number}") for number in range(3)]
    line = await bob.enters(place, since=since, epoch=epoch)
    synced = await line.hears("synced")
    assert [frame["type"] for frame in line.heard[:5]] == ["welcome", *[place.said] * 3, "synced"]
    assert [words(frame) for frame in durable(line)] == ["Meanwhile 0", "Meanwhile 1", "Meanwhile 2"]
    assert [frame["seq"] for frame in durable(line)] == [ack["seq"] for ack in sent]
    assert synced["revision"] == sent[-1]["revision"] == line.heard[0]["revision"]


async def test_who_missed_nothing_hears_only_synced(bob, place):
    since, epoch = await stand(bob, place)
    line = await bob.enters(place, since=since, epoch=epoch)
    assert (await line.hears("synced"))["revision"] == since
    assert durable(line) == []


async def test_edits_reactions_and_deletions_come_too(ada, bob, hangar):
    sent = [await ada.posts(hangar, text) for text in ("edit me", "delete me", "like me")]
    since, epoch = await stand(bob, hangar)
    line = await ada.line_to(hangar)
    await line.says("edit_message", message_id=sent[0]["message_id"], message="edited")
    await line.says("delete_message", message_id=sent[1]["message_id"])
    await line.says("react", message_id=sent[2]["message_id"], emoji="🎉", on=True)
    await line.hears("message_changed", message_id=sent[2]["message_id"])
    back = await bob.enters(hangar, since=since, epoch=epoch)
    await back.hears("synced")
    edited, deleted, liked = durable(back)
    assert (edited["type"], edited["message"]) == ("message_changed", "edited")
    assert (deleted["type"], deleted["message_id"]) == ("message_deleted", sent[1]["message_id"])
    assert liked["reactions"] == {"🎉": [ada.user_id]}


async def test_a_message_said_and_changed_meanwhile_comes_as_new_and_as_it_is(ada, bob, hangar):
    since, epoch = await stand(bob, hangar)
    sent = await ada.posts(hangar, "Frist")
    line = await ada.line_to(hangar)
    await line.says("edit_message", message_id=sent["message_id"], message="First")
    await line.hears("message_changed")
    back = await bob.enters(hangar, since=since, epoch=epoch)
    synced = await back.hears("synced")
    assert {words(frame) for frame in durable(back)} == {"First"}
    assert durable(back)[0]["type"] == "chat_message"
    assert synced["revision"] == sent["revision"] + 1


async def test_after_coming_back_the_line_is_live(ada, bob, hangar):
    since, epoch = await stand(bob, hangar)
    await ada.posts(hangar, "Missed")
    line = await bob.enters(hangar, since=since, epoch=epoch)
    await ada.posts(hangar, "Live")
    await bob.hears("Live")
    assert [words(frame) for frame in durable(line)] == ["Missed", "Live"]


async def test_many_who_come_back_while_others_talk_miss_nothing(ada, bob, hangar):
    """The seam between the past and the live frames: nothing twice, nothing left out."""
    since, epoch = await stand(bob, hangar)
    ada_line = await ada.enters(hangar)
    lines = []
    for number in range(30):
        await ada_line.says("chat_message", message=f"{number}", client_id=new_client_id())
        if number % 3 == 0:
            lines.append(await bob.dials(f"{hangar.path}?since={since}&epoch={epoch}"))
    for line in lines:
        await line.hears("chat_message", message="29")
        assert [frame["message"] for frame in line.has_heard("chat_message")] == [f"{n}" for n in range(30)]


async def test_another_epoch_is_reset(ada, bob, hangar):
    since, epoch = await stand(bob, hangar)
    sent = await ada.posts(hangar, "New world")
    line = await bob.enters(hangar, since=since, epoch=ELSEWHEN)
    reset = await line.hears("reset")
    assert (reset["why"], reset["epoch"], reset["revision"]) == ("epoch", epoch, sent["revision"])
    assert durable(line) == [] and not line.has_heard("synced")


async def test_a_client_ahead_of_the_log_is_reset(bob, hangar):
    since, epoch = await stand(bob, hangar)
    line = await bob.enters(hangar, since=since + 1, epoch=epoch)
    assert (await line.hears("reset"))["why"] == "ahead"


async def test_a_restore_is_told_to_open_lines(ada, bob, hangar, scene):
    line = await bob.enters(hangar)
    scene.stage.ask("change_epoch", conversation_id=hangar.conversation_id)
    reset = await line.hears("reset", why="epoch")
    assert reset["epoch"] != (await line.hears("welcome"))["epoch"]


@pytest.fixture(scope="session")
def long_room(scene):
    """A room in which 1,001 things have been said."""
    room = scene.room()
    scene.stage.ask("post_many", by=scene.ids["ada"], conversation_id=room.conversation_id, count=1001)
    return room


async def test_a_thousand_missed_changes_come_and_one_more_is_too_far(bob, long_room):
    revision, epoch = await stand(bob, long_room)
    line = await bob.enters(long_room, since=revision - 1000, epoch=epoch)
    await line.hears("synced")
    assert len(durable(line)) == 1000
    line = await bob.enters(long_room, since=revision - 1001, epoch=epoch)
    assert (await line.hears("reset"))["why"] == "too_far"
    assert durable(line) == []


@pytest.mark.parametrize(
    "position",
    [
        "?since=1",
        f"?epoch={ELSEWHEN}",
        "?since=x&epoch=y",
        f"?since=-1&epoch={ELSEWHEN}",
        f"?since=%D9%A3&epoch={ELSEWHEN}",
    ],
)
async def test_half_a_position_is_malformed(bob, hangar, position):
    line = await bob.dials(hangar.path + position)
    assert await line.is_closed() == 4400


async def test_resume_sends_what_a_gap_hid(ada, bob, hangar):
    line = await bob.enters(hangar)
    since = (await line.hears("welcome"))["revision"]
    await ada.posts(hangar, "One")
    await ada.posts(hangar, "Two")
    await bob.hears("Two")
    before = len(line.heard)
    await line.says("resume", since=since)
    synced = await line.hears("synced", after=before)
    again = [frame for frame in line.heard[before:] if frame["type"] == "chat_message"]
    assert [frame["message"] for frame in again] == ["One", "Two"]
    assert synced["revision"] == since + 2


async def test_resume_from_the_future_is_reset(bob, hangar):
    line = await bob.enters(hangar)
    since = (await line.hears("welcome"))["revision"]
    await line.says("resume", since=since + 5)
    assert (await line.hears("reset"))["why"] == "ahead"
