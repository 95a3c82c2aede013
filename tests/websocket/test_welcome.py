"""The first words of a line."""

from ..fault.lab.wire import PLAIN


async def test_the_welcome_says_where_everything_stands(ada, hangar):
    first = await ada.posts(hangar, "Who is here?")
    welcome = await (await ada.enters(hangar)).hears("welcome")
    assert welcome["protocol"] == 2 and welcome["heartbeat"] == 25
    assert welcome["limits"] == {"message": 8000, "frame": 65536}
    assert welcome["mode"] == "live"
    assert welcome["revision"] == first["revision"] and welcome["last_seq"] == first["seq"]
    assert welcome["read_seq"] == first["seq"]
    assert welcome["reads"][str(ada.user_id)] == first["seq"]
    assert welcome["epoch"] and welcome["conversation"]
    assert ada.user_id in (welcome["you"], *_values(welcome["you"]))


def _values(you):
    return you.values() if isinstance(you, dict) else ()


async def test_a_task_welcomes_like_a_room(bob, propeller):
    welcome = await (await bob.enters(propeller)).hears("welcome")
    assert welcome["protocol"] == 2


async def test_without_since_nothing_of_the_past_is_sent(ada, bob, hangar):
    await ada.posts(hangar, "Before Bob came")
    line = await bob.enters(hangar)
    await ada.posts(hangar, "After Bob came")
    await bob.hears("After Bob came")
    assert not bob.has_heard("Before Bob came")
    assert not line.has_heard("synced")


async def test_plain_clients_hear_no_word_of_v2(ada, bob, hangar):
    line = await bob.enters(hangar, dialect=PLAIN)
    sent = await ada.posts(hangar, "Plainly")
    await bob.hears("Plainly")
    await (await ada.line_to(hangar)).says("delete_message", message_id=sent["message_id"])
    await line.hears("message_deleted", message_id=sent["message_id"])
    assert {frame["type"] for frame in line.heard} <= {
        "presence_update",
        "user_join",
        "chat_message",
        "message_deleted",
        "message_marked_read",
        "pong",
    }
    assert line.socket.subprotocol is None


async def test_v2_is_agreed_on_as_a_subprotocol(ada, hangar):
    assert (await ada.enters(hangar)).socket.subprotocol == "prizmai.v2"


async def test_a_pong_carries_the_revision(ada, hangar):
    line = await ada.enters(hangar)
    sent = await ada.posts(hangar, "Now there is one more")
    await line.says("ping")
    assert (await line.hears("pong"))["revision"] == sent["revision"]


async def test_a_plain_pong_says_only_that(bob, hangar):
    line = await bob.enters(hangar, dialect=PLAIN)
    await line.says("ping")
    assert (await line.hears("pong"))["type"] == "pong"
    assert "revision" not in (await line.hears("pong"))
