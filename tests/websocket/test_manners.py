"""What the line does with floods, giants and nonsense."""

import asyncio
import resource
from contextlib import suppress

import pytest
from websockets.exceptions import ConnectionClosed

from live.arriving.reserve import KEPT_BACK

from ..cast import new_client_id
from ..fault.lab.web import DAPHNE, UVICORN
from ..fault.lab.wire import PLAIN, V2

NONSENSE = {
    "not JSON": "hello",
    "nothing": "",
    "a list": "[1, 2]",
    "a number": "5",
    "a string": '"ping"',
    "null": "null",
    "no type": "{}",
    "a type that is no text": '{"type": 5}',
    "a type that is a list": '{"type": ["ping"]}',
    "an unknown type": '{"type": "dance"}',
    "a type of the server": '{"type": "chat_message_send", "message": "x"}',
    "a hint": '{"type": "hint", "hint": [["conversation:1", 999]]}',
    "a removal": '{"type": "member_removed", "user_id": 1}',
    "a handler of Channels": '{"type": "websocket.disconnect", "code": 1000}',
    "a message that is a number": '{"type": "chat_message", "message": 5}',
    "a message that is an object": '{"type": "chat_message", "message": {"x": 1}}',
    "no message": '{"type": "chat_message"}',
    "a NUL": '{"type": "chat_message", "message": "a\\u0000b"}',
    "a lone surrogate": '{"type": "chat_message", "message": "\\ud800"}',
    "NaN": '{"type": "message_read", "message_id": NaN}',
    "a huge number": '{"type": "message_read", "message_id": ' + "9" * 5000 + "}",
    "a number past 64 bits": '{"type": "message_read", "message_id": 99999999999999999999}',
    "a negative number": '{"type": "message_read", "message_id": -1}',
    "a fraction": '{"type": "message_read", "message_id": 1.5}',
    "truth as a number": '{"type": "message_read", "message_id": true}',
    "a text as a number": '{"type": "message_read", "message_id": "1"}',
    "depth": '{"type": "chat_message", "message": ' + "[" * 30_000 + "]" * 30_000 + "}",
    "a client_id that is none": '{"type": "chat_message", "message": "x", "client_id": "1"}',
    "a client_id that is a number": '{"type": "chat_message", "message": "x", "client_id": 1}',
    "a reply to a text": '{"type": "chat_message", "message": "x", "reply_to": "1"}',
    "files that are none": '{"type": "chat_message", "message": "x", "attachments": "1"}',
    "a reaction that is a text": '{"type": "react", "message_id": 1, "emoji": "<b>", "on": true}',
    "since a text": '{"type": "resume", "since": "1"}',
    "since a truth": '{"type": "resume", "since": true}',
    "since before the beginning": '{"type": "resume", "since": -5}',
    "bytes": b'{"type": "ping"}',
    "prototypes": '{"type": "__proto__", "constructor": {"prototype": {}}}',
}


async def test_a_refusal_is_in_the_language_that_the_browser_asks_for(ada, hangar):
    """Also one of the writing pool, where no page is made, of an answer to a message that is not there."""
    for language, unwritten, unanswered in [
        (
            "de-AT,en;q=0.5",
            "Bitte schreib etwas.",
            "Die Nachricht, auf die du antwortest, ist nicht mehr da.",
        ),
        ("xx", "Please write something.", "The message you answer is not here any more."),
    ]:
        line = await ada.dials(hangar.path, language=language)
        await line.hears("welcome")
        await line.says(**hangar.post(" ", client_id=new_client_id()))
        assert (await line.hears("error"))["detail"] == unwritten
        await line.says(**hangar.post("x", client_id=new_client_id(), reply_to=999_999))
        assert (await line.hears("error", detail=unanswered))["code"] == "invalid"


@pytest.mark.parametrize("frame", NONSENSE.values(), ids=NONSENSE)
async def test_nonsense_gets_an_error_and_the_line_lives(ada, hangar, frame):
    """S12, S13, S73"""
    line = await ada.enters(hangar)
    await line.says_raw(frame)
    error = await line.hears("error")
    assert error["code"] and error["detail"] and error["temporary"] is False
    await line.settles()
    assert not line.has_heard("chat_message")


async def test_two_types_in_one_frame_are_one_frame(ada, hangar):
    """S12: the last of two equal keys counts, as everywhere in JSON here."""
    line = await ada.enters(hangar)
    await line.says_raw('{"type":"chat_message","message":"x","type":"ping"}')
    await line.hears("pong")
    assert not line.has_heard("chat_message")


async def test_plain_clients_are_ignored_not_told(ada, hangar):
    line = await ada.enters(hangar, dialect=PLAIN)
    for frame in list(NONSENSE.values())[:8]:
        await line.says_raw(frame)
    await line.settles()
    assert not line.has_heard("error")


async def test_ten_malformed_frames_close_the_line(ada, hangar):
    line = await ada.enters(hangar)
    for _ in range(9):
        await line.says_raw("nonsense")
    await line.settles()
    assert len(line.has_heard("error")) == 9
    await line.says_raw("nonsense")
    assert await line.is_closed() == 4400


@pytest.mark.parametrize("text", ["[" * 100_000, '{"type":"ping","x":"' + "y" * 65_536 + '"}'])
async def test_a_frame_over_the_limit_closes_with_1009(ada, hangar, text):
    """S39"""
    line = await ada.enters(hangar)
    await line.says_raw(text)
    assert await line.is_closed() == 1009


def ping_of(size):
    text = '{"type":"ping","x":""}'
    return text[:-2] + "y" * (size - len(text)) + text[-2:]


async def test_the_limit_is_64_KiB_to_the_byte(ada, hangar):
    line = await ada.enters(hangar)
    await line.says_raw(ping_of(65_536))
    await line.hears("pong")
    await line.says_raw(ping_of(65_537))
    assert await line.is_closed() == 1009


async def test_fragments_that_sum_over_the_limit_close_too(ada, hangar):
    """S39"""
    line = await ada.enters(hangar)
    await line.socket.send(part for part in [ping_of(200), ping_of(200)][:1])
    await line.hears("pong")
    whole = ping_of(
        66_000
    )  # only the last fragment is too much, so that nothing is on its way when the line closes
    await line.socket.send(whole[start : start + 11_000] for start in range(0, 66_000, 11_000))
    assert await line.is_closed() == 1009


@pytest.fixture(scope="module", params=[DAPHNE, UVICORN])
def limited(request, house):
    """A process that keeps its limits, which the others have lifted."""
    web = house.builds(request.param, PRIZMAI_LOADTEST="0").start().wait()
    yield web
    web.kill()
    house.webs.remove(web)


async def test_a_flood_of_frames_is_cut_off_and_others_are_not(scene, limited):
    """S16"""
    room = scene.room()
    ada, bob = scene.person("ada", limited.address), scene.person("bob", limited.address)
    line, other = await ada.enters(room), await bob.enters(room)
    with suppress(ConnectionClosed):
        for _ in range(200):
            await line.says("ping")
            await asyncio.sleep(0)  # who only talks does not hear that it is over, until they are hung up on
    assert await line.is_closed() == 4429
    await other.settles()
    await ada.goes(), await bob.goes()


async def test_s42_no_person_takes_up_all_lines(scene, limited):
    room = scene.room()
    ada, bob = scene.person("ada", limited.address), scene.person("bob", limited.address)
    before = resource.prlimit(limited.process.pid, resource.RLIMIT_NOFILE)
    resource.prlimit(limited.process.pid, resource.RLIMIT_NOFILE, (KEPT_BACK + 100, before[1]))
    try:
        lines = [await ada.dials(room.path, dialect=V2) for _ in range(50)]
        assert await (await ada.dials(room.path, dialect=V2)).is_closed() == 4429
        await bob.enters(room)
        for line in lines[:25]:
            await line.closes()
        await ada.enters(room)
    finally:
        resource.prlimit(limited.process.pid, resource.RLIMIT_NOFILE, before)
    await ada.goes(), await bob.goes()


async def test_posting_too_fast_is_put_off_and_nothing_is_lost(scene, limited):
    """S17: five a second with a burst of twenty, over all tabs of a person."""
    room = scene.room()
    ada, bob = scene.person("ada", limited.address), scene.person("bob", limited.address)
    tabs = [await ada.enters(room), await ada.enters(room)]
    posts = [(tabs[n % 2], room.post(f"fast {n}", client_id=new_client_id())) for n in range(26)]
    await asyncio.gather(*(tab.says(**frame) for tab, frame in posts))
    for tab in tabs:
        await tab.settles()
    errors = [
        await _answer(tab, frame) for tab, frame in posts if (await _answer(tab, frame))["type"] == "error"
    ]
    assert 0 < len(errors) <= 6
    assert {error["code"] for error in errors} == {"rate_limited"}
    assert all(error["temporary"] and 0 < error["retry_after"] < 10 for error in errors)
    await bob.posts(room, "Another person is not held up")
    await _try_until_taken(tabs[0], room, errors[0]["client_id"])
    await ada.goes(), await bob.goes()


async def _answer(tab, frame):
    return await tab.hears_such(
        lambda heard: heard["type"] in ("ack", "error") and heard.get("client_id") == frame["client_id"],
        "an answer",
    )


async def _try_until_taken(tab, room, client_id):
    for _ in range(20):
        before = len(tab.heard)
        await tab.says(**room.post("at last", client_id=client_id))
        answer = await tab.hears_such(
            lambda heard: heard.get("client_id") == client_id, "an answer", after=before
        )
        if answer["type"] != "error":
            return
        await asyncio.sleep(answer["retry_after"])
    raise AssertionError("never taken")


async def test_a_flood_of_what_is_unread_is_put_off_like_posts(scene, limited):
    """Everybody in the room is told of each."""
    room = scene.room()
    bob = scene.person("bob", limited.address)
    line = await bob.enters(room)
    message = await bob.posts(room, "Hello")
    for _ in range(40):
        await line.says("mark_unread", message_id=message["message_id"], client_id=new_client_id())
    await line.hears_such(lambda heard: heard.get("code") == "rate_limited", "a refusal")
    await bob.goes()
