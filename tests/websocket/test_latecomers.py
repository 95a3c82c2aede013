"""Who comes while others do, to what nobody here has followed yet, is told of an earlier moment than they are."""

import asyncio

import pytest

from ..fault.lab.wire import PLAIN, V2

latecomers = iter(f"latecomer{number}" for number in range(1, 1000))
SLOW, READ = (
    2.0,
    0.5,
)  # seconds the past of the first who comes takes, and after which it surely has been read


@pytest.fixture
def slow_door(house, web):
    """A process that nobody has come to yet."""
    with house.extra(web.kind, PRIZMAI_FAILPOINTS=f"past.read=sleep:{SLOW}@1") as (slow,):
        yield slow.address


async def comes_before_the_others(person, place, door, dialect=V2):
    line = await person.dials(place.path, door=door, dialect=dialect)
    await asyncio.sleep(READ)
    return line


async def opens_inbox(person, door):
    await (await person.dials("/ws/inbox/", door=door)).hears("inbox")


@pytest.mark.parametrize("dialect", [V2, PLAIN])
async def test_what_is_said_meanwhile_is_told(ada, bob, hangar, slow_door, dialect):
    line = await comes_before_the_others(bob, hangar, slow_door, dialect)
    sent = await ada.posts(hangar, "Said in between")
    await opens_inbox(ada, slow_door)
    assert line.heard == []
    told = await line.hears("chat_message", message_id=sent["message_id"])
    if dialect == V2:
        assert (await line.hears("welcome"))["revision"] == told["revision"] - 1
    after = await ada.posts(hangar, "Said after it")
    await line.hears("chat_message", message_id=after["message_id"])


async def test_who_is_removed_meanwhile_is_cut_off(scene, ada, slow_door):
    guest = scene.newcomer(next(latecomers), slow_door)
    room = scene.room(private_to=("ada", guest.name))
    line = await comes_before_the_others(guest, room, slow_door)
    scene.stage.ask("remove_from_room", by=ada.user_id, room_id=room.id, user_id=guest.user_id)
    await opens_inbox(ada, slow_door)
    assert line.heard == []
    await ada.posts(room, "Now we are among ourselves")
    assert await line.is_closed() == 4403
    assert line.has_heard("welcome") and not line.has_heard("chat_message")
    await guest.goes()
