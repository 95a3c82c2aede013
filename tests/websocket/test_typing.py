"""Typing: told to the others, kept by nobody, ended by everything."""

import asyncio

import pytest

from ..fault.lab.web import UVICORN
from ..fault.lab.wire import PLAIN


async def test_others_see_that_one_types_and_oneself_does_not(ada, bob, place):
    ada_line, ada_tab, bob_line = await ada.enters(place), await ada.enters(place), await bob.enters(place)
    await ada_line.says("typing")
    seen = await bob_line.hears("user_typing", user_id=ada.user_id)
    assert seen["username"] == "ada"
    await ada_line.says("stop_typing")
    await bob_line.hears("user_stop_typing", user_id=ada.user_id)
    assert not ada_line.has_heard("user_typing") and not ada_tab.has_heard("user_typing")


async def test_plain_clients_see_and_say_it(ada, bob, hangar):
    ada_line, bob_line = await ada.enters(hangar, dialect=PLAIN), await bob.enters(hangar, dialect=PLAIN)
    await ada_line.says("typing")
    await bob_line.hears("user_typing", user_id=ada.user_id, username="ada")


async def test_posting_ends_it(ada, bob, hangar):
    bob_line, ada_line = await bob.enters(hangar), await ada.enters(hangar)
    await ada_line.says("typing")
    await bob_line.hears("user_typing")
    await ada.posts(hangar, "Written")
    await bob_line.hears("user_stop_typing", user_id=ada.user_id)


async def test_leaving_ends_it(ada, bob, hangar):
    bob_line, ada_line = await bob.enters(hangar), await ada.enters(hangar)
    await ada_line.says("typing")
    await bob_line.hears("user_typing")
    await ada_line.closes()
    await bob_line.hears("user_stop_typing", within=3, user_id=ada.user_id)


@pytest.mark.parametrize("web", [UVICORN], indirect=True)  # the clock is not of the server
async def test_six_seconds_end_it(ada, bob, hangar):
    bob_line, ada_line = await bob.enters(hangar), await ada.enters(hangar)
    await ada_line.says("typing")
    started = await bob_line.hears("user_typing")
    await bob_line.hears("user_stop_typing", within=8)
    ended = bob_line.heard_at[-1] - bob_line.heard_at[bob_line.heard.index(started)]
    assert 5 < ended < 7.5


async def test_typing_is_told_once_in_two_seconds(ada, bob, hangar):
    """S18: a flood of typing reaches nobody."""
    bob_line, ada_line = await bob.enters(hangar), await ada.enters(hangar)
    for _ in range(10):
        await ada_line.says("typing")
    await ada_line.settles()
    await ada.posts(hangar, "Enough")
    await bob_line.hears("user_stop_typing")  # what was said may overtake that somebody typed
    assert len(bob_line.has_heard("user_typing")) == 1


async def test_who_may_only_look_on_is_not_seen_to_type(ada, bob, vera, place):
    bob_line, vera_line, ada_line = await bob.enters(place), await vera.enters(place), await ada.enters(place)
    await vera_line.says("typing")
    await vera_line.settles()
    await ada_line.says("typing")
    await bob_line.hears("user_typing", user_id=ada.user_id)
    assert not bob_line.has_heard("user_typing", user_id=vera.user_id)


async def test_typing_is_seen_from_another_process(ada, bob, hangar, other_web):
    bob_line, ada_line = await bob.enters(hangar, door=other_web.address), await ada.enters(hangar)
    await asyncio.gather(bob_line.settles(), ada_line.settles())
    await ada_line.says("typing")
    await bob_line.hears("user_typing", user_id=ada.user_id)
