"""Who was removed or signed out is cut off at once, on every line of theirs, in every process."""

import asyncio

import pytest
import pytest_asyncio

from ..cast import Person
from ..fault.lab.wire import PATIENCE, PLAIN, are_in_mode

AT_ONCE, WITHOUT_REDIS = 1.0, 5.0  # seconds (S58)
guests = iter(f"guest{number}" for number in range(1, 1000))


@pytest_asyncio.fixture(params=["Redis there", "Redis gone"])
async def within(request, house, ada):
    """How soon it must happen. The stage, where it is done, is a third process."""
    if request.param == "Redis there":
        yield AT_ONCE
        return
    lines = [await ada.dials("/ws/inbox/", door=web.address) for web in house.webs]
    await are_in_mode("live", lines)
    house.redis.kill()
    yield WITHOUT_REDIS
    await are_in_mode("degraded", lines)  # or a web process would not know yet that it has gone deaf
    house.redis.start().wait()
    await are_in_mode("live", lines)


@pytest.fixture
def guest(scene, door):
    """Somebody on the board, who will be put out."""
    return scene.newcomer(next(guests), door)


async def lines_of(guest, room, other_web):
    """By both dialects and both processes, and each has shown that it hears."""
    lines = [
        await guest.enters(room),
        await guest.enters(room, dialect=PLAIN),
        await guest.enters(room, door=other_web.address),
    ]
    await guest.posts(room, "I am in")
    await asyncio.gather(*(line.hears(room.said, user_id=guest.user_id) for line in lines))
    return lines


async def cut_off(guest, lines, within, code):
    codes = await asyncio.gather(*(line.is_closed(within) for line in lines))
    assert codes[0] == codes[2] == code, codes
    assert codes[1] in (code, 1000, 1008)
    await guest.goes()


async def test_removed_from_the_board(scene, ada, guest, place, other_web, within):
    lines = await lines_of(guest, place, other_web)
    scene.stage.ask("remove_from_board", by=ada.user_id, board_id=scene.board, user_id=guest.user_id)
    await ada.posts(place, "Now we are among ourselves")
    await cut_off(guest, lines, within, 4403)
    assert not guest.has_heard("Now we are among ourselves")
    assert await (await guest.dials(place.path)).is_closed() == 4403


async def test_removed_from_a_private_room(scene, ada, guest, other_web, within):
    room = scene.room(private_to=("ada", guest.name))
    lines = await lines_of(guest, room, other_web)
    scene.stage.ask("remove_from_room", by=ada.user_id, room_id=room.id, user_id=guest.user_id)
    sent = await ada.posts(room, "They are gone")
    await cut_off(guest, lines, within, 4403)
    assert not any(
        frame.get("seq", 0) >= sent["seq"] for line in lines for frame in line.has_heard("chat_message")
    )


@pytest.mark.parametrize("how", ["sign_out", "expire_session", "change_password", "deactivate"])
async def test_whoever_is_signed_out_is_cut_off_everywhere(scene, guest, hangar, other_web, within, how):
    lines = await lines_of(guest, hangar, other_web)
    words = {
        "sign_out": {"session_key": guest.cookie},
        "expire_session": {"session_key": guest.cookie},
        "change_password": {"user_id": guest.user_id, "password": "another-way-to-fly"},
        "deactivate": {"user_id": guest.user_id},
    }[how]
    scene.stage.ask(how, **words)
    # Nobody is told of an expiry or a flag in the database; it is looked for.
    patience = PATIENCE if how in ("expire_session", "deactivate") else within
    await cut_off(guest, lines, patience, 4401)
    assert await (await guest.dials(hangar.path)).is_closed() == 4401


async def test_other_sessions_of_the_same_person_stay(scene, guest, hangar, door):
    elsewhere = Person(
        guest.name, guest.user_id, scene.stage.ask("sign_in", user_id=guest.user_id), door, scene.stage
    )
    here, there = await guest.enters(hangar), await elsewhere.enters(hangar)
    scene.stage.ask("sign_out", session_key=guest.cookie)
    assert await here.is_closed() == 4401
    await there.settles()
    await elsewhere.goes()


async def test_an_old_cookie_does_not_resume(scene, guest, hangar):
    """S62"""
    line = await guest.enters(hangar)
    welcome = await line.hears("welcome")
    scene.stage.ask("sign_out", session_key=guest.cookie)
    await line.is_closed()
    back = await guest.dials(f"{hangar.path}?since={welcome['revision']}&epoch={welcome['epoch']}")
    assert await back.is_closed() == 4401
    assert back.heard == []


async def test_inbox_and_board_lines_end_too(scene, guest, ada, other_web):
    board = await guest.dials(f"/ws/boards/{scene.board}/", door=other_web.address)
    inbox = await guest.dials("/ws/inbox/")
    await board.hears("welcome")
    await inbox.hears("inbox")
    scene.stage.ask("remove_from_board", by=ada.user_id, board_id=scene.board, user_id=guest.user_id)
    assert await board.is_closed() == 4403
    await inbox.settles()  # the inbox is theirs; only what it follows changed
    scene.stage.ask("sign_out", session_key=guest.cookie)
    assert await inbox.is_closed() == 4401
    await guest.goes()
