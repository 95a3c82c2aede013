"""Read cursors and receipts."""

import asyncio
import re
from uuid import uuid4

from ..fault.lab.wire import PLAIN


async def cursor(person, place):
    return (await (await person.enters(place)).hears("welcome"))["read_seq"]


async def test_reading_moves_the_cursor_and_is_told(ada, bob, place):
    ada_line, plain = await ada.enters(place), await ada.enters(place, dialect=PLAIN)
    first, second = await ada.posts(place, "One"), await ada.posts(place, "Two")
    await (await bob.enters(place)).says("message_read", message_id=first["message_id"])
    for line in (ada_line, plain):
        receipt = await line.hears("message_marked_read", user_id=bob.user_id)
        assert receipt["message_id"] == first["message_id"] and receipt["username"] == "bob"
        assert 0 < receipt["read_count"] <= receipt["total_members"]
        assert receipt["all_read"] == (receipt["read_count"] == receipt["total_members"])
    assert (await ada_line.hears("message_marked_read"))["read_seq"] == first["seq"]
    assert await cursor(bob, place) == first["seq"] < second["seq"]


async def test_reading_never_goes_back(ada, bob, place):
    ada_line = await ada.enters(place)
    first, second = await ada.posts(place, "One"), await ada.posts(place, "Two")
    line = await bob.enters(place)
    await line.says("message_read", message_id=second["message_id"])
    await ada_line.hears("message_marked_read", user_id=bob.user_id, read_seq=second["seq"])
    await line.says("message_read", message_id=first["message_id"])
    await line.settles()
    await bob.posts(place, "Done")
    assert await cursor(bob, place) >= second["seq"]


async def test_a_plain_client_reads_too(ada, bob, hangar):
    ada_line = await ada.enters(hangar)
    sent = await ada.posts(hangar, "For the console")
    await (await bob.enters(hangar, dialect=PLAIN)).says("message_read", message_id=sent["message_id"])
    receipt = await ada_line.hears("message_marked_read", user_id=bob.user_id)
    assert receipt["message_id"] == sent["message_id"]


async def test_marking_unread_goes_to_just_before(ada, bob, place):
    ada_line = await ada.enters(place)
    first, second = await ada.posts(place, "One"), await ada.posts(place, "Two")
    line = await bob.enters(place)
    await line.says("message_read", message_id=second["message_id"])
    await ada_line.hears("message_marked_read", user_id=bob.user_id)
    assert await cursor(bob, place) == second["seq"]
    await line.says("mark_unread", message_id=second["message_id"])
    await bob.posts(place, "Later")  # frames of one line are heard in order
    assert await cursor(bob, place) == first["seq"]


async def test_marking_is_acknowledged_to_who_names_it_and_told_to_the_others(ada, bob, place):
    ada_line, line = await ada.enters(place), await bob.enters(place)
    sent = await ada.posts(place, "Read me later")
    for mark, read_seq in (("message_read", sent["seq"]), ("mark_unread", sent["seq"] - 1)):
        client_id = str(uuid4())
        await line.says(mark, message_id=sent["message_id"], client_id=client_id)
        await line.hears("ack", client_id=client_id, message_id=sent["message_id"], read_seq=read_seq)
        await ada_line.hears("message_marked_read", user_id=bob.user_id, read_seq=read_seq)


def fills_in(person, web, path, **fields):
    """A form of ours, as any page would send it."""
    _, page = web.page("/accounts/logout/", Cookie=f"sessionid={person.cookie}")
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[1]
    return web.posts(path, {"csrfmiddlewaretoken": token, **fields}, person.cookie)


async def test_what_a_form_puts_away_is_told_like_what_a_line_does(ada, bob, place, web, other_web):
    here, there = await ada.enters(place), await ada.enters(place, door=other_web.address)
    sent = await ada.posts(place, "Read on another page")
    path = f"/messaging/conversation/{place.conversation_id}/read/"
    about = {"message_id": sent["message_id"], "user_id": bob.user_id}
    for fields, read_seq in (({}, sent["seq"]), ({"unread": 1}, sent["seq"] - 1)):
        form = {"message": sent["message_id"], **fields}
        assert await asyncio.to_thread(fills_in, bob, web, path, **form) == 302
        for line in (here, there):
            await line.hears("message_marked_read", read_seq=read_seq, **about)


async def test_who_has_read_everything_has_read_here_too(ada, bob, place, web):
    line = await ada.enters(place)
    sent = await ada.posts(place, "And this")
    assert await asyncio.to_thread(fills_in, bob, web, "/messaging/read/") == 302
    read = {"user_id": bob.user_id, "message_id": sent["message_id"], "read_seq": sent["seq"]}
    receipt = await line.hears("message_marked_read", **read)
    assert receipt["all_read"] == (receipt["read_count"] == receipt["total_members"])


async def test_a_reading_is_told_once(ada, bob, place):
    ada_line = await ada.enters(place)
    first, second = await ada.posts(place, "One"), await ada.posts(place, "Two")
    line = await bob.enters(place)
    for sent in (first, second):
        await line.says("message_read", message_id=sent["message_id"])
        await ada_line.hears("message_marked_read", message_id=sent["message_id"])
    assert len(ada_line.has_heard("message_marked_read")) == 2


async def test_what_one_says_is_read_by_oneself(ada, place):
    sent = await ada.posts(place, "Mine")
    assert await cursor(ada, place) == sent["seq"]
