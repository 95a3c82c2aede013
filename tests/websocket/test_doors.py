"""Who may open a line, from where, and what those learn who may not."""

import time
from statistics import median

import pytest
from websockets.exceptions import InvalidHandshake, InvalidStatus

from ..cast import Place
from ..fault.lab.wire import PLAIN, V2, Line

NOWHERE = 987_654


async def status_of(person, path, **how):
    """The HTTP status of a handshake that is refused, or 101."""
    try:
        line = await person.dials(path, dialect=PLAIN, **how)
    except InvalidStatus as refusal:
        return refusal.response.status_code
    await line.closes()
    return 101


async def code_of(person, path):
    return await (await person.dials(path, dialect=V2)).is_closed()


async def test_members_enter_by_either_dialect(ada, bob, vera, place):
    for person in (ada, bob, vera):
        assert await status_of(person, place.path) == 101
        await person.enters(place)


async def test_outsiders_are_told_4403_or_403(eve, place, cockpit):
    for closed in (place, cockpit):
        assert await code_of(eve, closed.path) == 4403
        assert await status_of(eve, closed.path) == 403


async def test_a_private_room_is_closed_to_the_rest_of_the_board(bob, vera, cockpit):
    await bob.enters(cockpit)
    assert await code_of(vera, cockpit.path) == 4403
    assert await status_of(vera, cockpit.path) == 403


async def test_a_room_that_does_not_exist_looks_like_a_closed_one(eve, hangar):
    """S76: the same code, and about the same time."""
    took = {hangar.id: [], NOWHERE: []}
    for _ in range(10):  # by turns, for whoever comes first finds a server that has yet to find its words
        for id, times in took.items():
            path, started = Place(id, id).path, time.monotonic()
            assert await code_of(eve, path) == 4403
            assert await status_of(eve, path) == 403
            times.append(time.monotonic() - started)
    usual = [median(times) for times in took.values()]
    assert max(usual) < 3 * min(usual)


@pytest.mark.parametrize("path", ["/ws/inbox/", f"/ws/boards/{NOWHERE}/", f"/ws/chat-room/{NOWHERE}/"])
async def test_strangers_are_told_4401(door, path):
    line = await Line.opened(door, path, cookie=None)
    assert await line.is_closed() == 4401
    with pytest.raises(InvalidStatus) as refusal:
        await Line.opened(door, path, cookie=None, dialect=PLAIN)
    assert refusal.value.response.status_code == 403


async def test_a_cookie_that_means_nothing_is_a_stranger(door, hangar):
    line = await Line.opened(door, hangar.path, cookie="crowbar" * 4)
    assert await line.is_closed() == 4401


@pytest.mark.parametrize(
    "path", ["/ws/chat-room/abc/", "/ws/chat-room/-1/", "/ws/nothing/", "/ws/", "/ws/chat-room/1"]
)
async def test_a_path_that_leads_nowhere_is_refused_not_broken(ada, path):
    """S44"""
    try:
        assert await status_of(ada, path) in (403, 404)
    except InvalidHandshake as failure:
        raise AssertionError(f"the server failed: {failure}") from failure


async def test_a_huge_number_is_no_room(ada):
    assert await status_of(ada, f"/ws/chat-room/{10**30}/") in (403, 404)
    assert await code_of(ada, f"/ws/chat-room/{10**18}/") == 4403


def origins(address):
    host, port = address.split(":")
    return {
        f"https://{address}": "another scheme",
        f"http://{host}:{int(port) + 1}": "another port",
        f"http://{host}": "no port",
        f"http://sub.{address}": "a subdomain",
        f"http://{host}.evil.org:{port}": "a suffix",
        f"http://evil.org#{address}": "a fragment",
        f"http://ada@{address}": "userinfo",
        f"http://{address}@evil.org": "userinfo of another",
        f"http://{address}/": "a path",
        "null": "null",
        "": "empty",
        "http://[": "malformed",
        "http://127.0.0.1:port": "no number",
        "http://": "nothing",
        "file://": "a file",
        "http://evil.org": "a stranger",
    }


async def test_only_the_exact_origin_enters(ada, hangar, door):
    """S34: cross-site WebSocket hijacking. Malformed origins are refused, not failed on."""
    assert await status_of(ada, hangar.path) == 101
    for origin, what in origins(door).items():
        for dialect in (PLAIN, V2):
            try:
                await ada.dials(hangar.path, dialect=dialect, origin=origin)
            except InvalidStatus as refusal:
                # Daphne itself answers 400 to what is no origin at all.
                assert refusal.response.status_code in (403, 400), f"{what}: {origin!r}"
            else:
                raise AssertionError(f"{what} was let in: {origin!r}")


async def test_a_missing_origin_is_refused(ada, hangar):
    assert await status_of(ada, hangar.path, origin=None) == 403


async def test_compression_is_not_agreed_on(ada, hangar, door):
    """S40"""
    from websockets.asyncio.client import connect

    async with connect(
        f"ws://{door}{hangar.path}",
        additional_headers={"Cookie": f"sessionid={ada.cookie}"},
        origin=f"http://{door}",
        compression="deflate",
        proxy=None,
    ) as socket:
        assert "Sec-WebSocket-Extensions" not in socket.response.headers
