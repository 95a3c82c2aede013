"""One Daphne, one uvicorn, one installation."""

import asyncio
import time
from contextlib import asynccontextmanager

from ..cast import words
from ..fault.lab.wire import PLAIN, are_in_mode


async def test_people_on_two_processes_hear_each_other_at_once(ada, bob, place, other_web):
    await bob.enters(place, door=other_web.address)
    await ada.posts(place, "Over there?")
    said_at = time.monotonic()
    heard = await bob.hears("Over there?", within=1)
    assert words(heard) == "Over there?"
    assert bob.lines[0].heard_at[-1] - said_at < 0.5


async def test_the_frame_is_the_same_in_both(ada, bob, hangar, other_web):
    here, there = await ada.enters(hangar), await bob.enters(hangar, door=other_web.address)
    ack = await ada.posts(hangar, "The same to all")
    assert await here.hears("chat_message", message_id=ack["message_id"]) == await there.hears("chat_message")


async def test_what_a_third_process_writes_reaches_both(ada, bob, place, other_web, scene):
    await ada.enters(place), await bob.enters(place, door=other_web.address)
    scene.stage.ask("post", by=ada.user_id, conversation_id=place.conversation_id, text="From a job")
    await asyncio.gather(ada.hears("From a job", within=1.5), bob.hears("From a job", within=1.5))


async def test_changes_cross_too(ada, bob, hangar, other_web):
    line = await bob.enters(hangar, door=other_web.address)
    plain = await bob.enters(hangar, door=other_web.address, dialect=PLAIN)
    sent = await ada.posts(hangar, "Wrogn")
    await (await ada.line_to(hangar)).says("edit_message", message_id=sent["message_id"], message="Right")
    assert (await line.hears("message_changed"))["message"] == "Right"
    await plain.hears("message_edited", message="Right")


@asynccontextmanager
async def without_redis(house, *lines):
    """From when all these lines have been told that it is gone, until all have been told that it is back."""
    await are_in_mode("live", lines)
    house.redis.kill()
    try:
        await are_in_mode("degraded", lines)
        yield
    finally:
        house.redis.start().wait()
    await are_in_mode("live", lines)


async def test_a_reading_without_redis_is_told_when_it_is_back(ada, bob, hangar, other_web, house):
    here, there = await ada.enters(hangar), await bob.enters(hangar, door=other_web.address)
    sent = await ada.posts(hangar, "Read it over there")
    async with without_redis(house, here, there):
        await there.says("message_read", message_id=sent["message_id"])
        await there.hears("message_marked_read", user_id=bob.user_id, read_seq=sent["seq"])
        await here.settles()
        assert not here.has_heard("message_marked_read")
    await here.hears("message_marked_read", user_id=bob.user_id, read_seq=sent["seq"])


async def test_without_redis_they_still_hear_each_other_and_say_so(ada, bob, hangar, other_web, house):
    here, there = await ada.enters(hangar), await bob.enters(hangar, door=other_web.address)
    await ada.posts(hangar, "With Redis")
    await bob.hears("With Redis", within=1)
    async with without_redis(house, here, there):
        await ada.posts(hangar, "Without Redis")
        await bob.hears("Without Redis", within=1.5)
    await ada.posts(hangar, "With it again")
    await bob.hears("With it again", within=1)
