"""F28 Readers who do not read. F29 Senders who flood. They are put out, and nobody else notices."""

import asyncio
import contextlib
import json
import socket
import time

import pytest

from live.sockets.close_codes import TOO_FAST, TOO_SLOW

from .lab.checker import share
from .lab.experiment import Experiment, flawless, rounds
from .lab.house import SQLITE
from .lab.memory import MB, becomes, descriptors, resident, sockets
from .lab.web import DAPHNE, UVICORN
from .lab.wire import Line, dial

LOST = 1006  # RFC 6455, section 7.1.5: the connection ended without a word
GREEDY, FLOODERS = 20, 5
MOST, BACK = 40 * MB, 6 * MB  # more than before: meanwhile, and soon after
WARM = 50  # messages before a flood, so that what is only made once has been
LONG = "x" * 7_900
ENOUGH, TOGETHER = 800, 10  # messages: more than the kernel keeps for a reader and the limit besides
each_server = pytest.mark.parametrize("kind", [DAPHNE, UVICORN])
on_sqlite = pytest.mark.parametrize("lab", [SQLITE], indirect=True)


class Sleeper:
    """A reader that opens a line and never reads again, with as little room for what comes as the kernel allows."""

    def __init__(self, web, path, cookie):
        self.line = socket.socket()
        self.line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        self.line.connect(("127.0.0.1", web.port))
        self.line.sendall(handshake(web.address, path, cookie))
        assert self.line.recv(12) == b"HTTP/1.1 101"

    def close(self):
        self.line.close()


def handshake(address, path, cookie):
    lines = [
        f"GET {path} HTTP/1.1",
        f"Host: {address}",
        f"Origin: http://{address}",
        f"Cookie: sessionid={cookie}",
        "Connection: Upgrade",
        "Upgrade: websocket",
        "Sec-WebSocket-Version: 13",
        "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==",
        "Sec-WebSocket-Protocol: prizmai.v2",
    ]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


async def reads_slowly(web, path, cookie, until):
    """1 KB a second."""
    line = socket.socket()
    line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    line.connect(("127.0.0.1", web.port))
    line.setblocking(False)
    loop = asyncio.get_running_loop()
    await loop.sock_sendall(line, handshake(web.address, path, cookie))
    with contextlib.suppress(OSError):
        while not until() and await loop.sock_recv(line, 1024):
            await asyncio.sleep(1)
    line.close()


def put_out(web):
    return web.log.read_text(errors="replace").count(f": {TOO_SLOW}")


async def talk_beside_sleepers(lab, web):
    """(how many were put out and after how many seconds the last was, bytes more at most and at last, the verdict).

    Twice: what is left of the second time is nothing that is only made once.
    """
    async with Experiment(lab, lab.scene, rooms=1, tasks=0) as experiment:
        bots = await experiment.gathers([web.address], each=2, plain=0)
        before = resident(web)
        *_, first = await put_sleepers_out(experiment, bots, web)
        between = resident(web)
        out, took, second = await put_sleepers_out(experiment, bots, web)
        left = becomes(lambda: resident(web) - between, 0, 5)
        verdict = await experiment.settles(within=10)
    return out, took, (max(first, second) - before, left), verdict


async def put_sleepers_out(experiment, bots, web):
    """(how many were, after how many seconds the last was, bytes the process had at most)."""
    room, cookie, before = experiment.places[0], experiment.cookie(1), put_out(web)
    sleepers, most, out = [Sleeper(web, room.path, cookie) for _ in range(GREEDY - 2)], 0, 0
    slow = [
        asyncio.create_task(reads_slowly(web, room.path, cookie, lambda: out >= GREEDY)) for _ in range(2)
    ]
    began = time.monotonic()
    for _ in range(0, ENOUGH, TOGETHER):
        for _ in range(TOGETHER):
            await experiment.says(bots[0], LONG)
        await bots[0].has_sent_all(30)
        took = time.monotonic() - began
        most, out = max(most, resident(web)), put_out(web) - before
        if out == GREEDY:
            break
    for reader in (*slow, *sleepers):
        reader.cancel() if reader in slow else reader.close()
    return out, took, most


async def talk_a_little(experiment, bots):
    for number in range(WARM):
        await experiment.says_something(bots[number % len(bots)])
    await asyncio.gather(*(bot.has_sent_all(30) for bot in bots))


@each_server
@on_sqlite
async def test_f28_readers_who_do_not_read_are_put_out(lab, redis, kind, report):
    with lab.extra(kind) as (web,):
        held = sockets(web)
        out, took, (grown, left), verdict = await talk_beside_sleepers(lab, web)
        report(f"{out} put out with 4510 after at most {took:.1f} s, {told(grown, left)}; {verdict}")
        assert out == GREEDY and took <= 30
        assert grown <= MOST and left <= BACK
        flawless(verdict, 10)
        assert share(verdict.delays, 0.99) <= 1.0
        assert becomes(lambda: sockets(web), held + 8, 10) <= held + 8  # what it holds to Redis meanwhile


def told(grown, left):
    return f"+{grown / MB:.0f} MB at most, {left / MB:+.1f} afterwards"


@each_server
@on_sqlite
async def test_f28_who_was_put_out_comes_back(lab, redis, kind, report):
    """What they missed meanwhile is more than a line may be told at once: they are to load it, and hear what is new."""
    with lab.extra(kind) as (web,):
        async with Experiment(lab, lab.scene, rooms=1, tasks=0) as experiment:
            speaker, sleeper = await experiment.gathers([web.address], each=2, plain=0)
            sleeper.socket.transport.pause_reading()
            await until_put_out(experiment, speaker, web)
            sleeper.socket.transport.resume_reading()
            await sleeper.is_back(10)
            awake = await experiment.says(speaker, "Awake?")
            async with asyncio.timeout(5):
                while not has_heard(sleeper, awake, experiment):
                    await asyncio.sleep(0.05)
            mine = [entry for entry in experiment.diary.entries() if entry["who"] == sleeper.name]
    codes = [entry["code"] for entry in mine if entry["what"] == "lost the line"]
    resets = [entry["why"] for entry in mine if entry["what"] == "reset"]
    report(f"closed with {codes}, told to load anew: {resets}, and hears what is new")
    assert len(codes) == 1 and codes[0] in (TOO_SLOW, LOST)  # the word may be among what was never sent
    assert resets == ["too_far"]


async def until_put_out(experiment, speaker, web):
    before = put_out(web)
    for _ in range(0, ENOUGH, TOGETHER):
        for _ in range(TOGETHER):
            await experiment.says(speaker, LONG)
        await speaker.has_sent_all(30)
        if put_out(web) > before:
            return
    raise AssertionError("Nobody was put out.")


def has_heard(bot, client_id, experiment):
    entries = experiment.diary.entries()
    text = next(one["text"] for one in entries if one["what"] == "said" and one["client_id"] == client_id)
    return any(one["who"] == bot.name and one["what"] == "heard" and one["text"] == text for one in entries)


@on_sqlite
async def test_f28_twin_without_the_limit_puts_nobody_out(lab, redis, report):
    with lab.extra(DAPHNE, PRIZMAI_FAILPOINTS="socket.unsent=off") as (web,):
        out, *_ = await talk_beside_sleepers(lab, web)
    report(f"{out} put out after {2 * ENOUGH * len(LONG) / MB:.0f} MB that nobody read")
    assert not out


async def floods(web, path, cookie, until):
    """Frames of 50 KB as fast as they are taken; the close code, or None when it was never put out."""
    async with dial(web.address, path, cookie=cookie) as socket:
        frame = json.dumps({"type": "chat_message", "message": "y" * 50_000})
        with contextlib.suppress(Exception):
            while time.monotonic() < until:
                await socket.send(frame)
        return socket.close_code


async def talk_beside_flooders(lab, web, seconds):
    """(close codes, bytes more at most and at last, the verdict on everybody else)."""
    async with Experiment(lab, lab.scene, rooms=1, tasks=0) as experiment:
        elsewhere = lab.scene.room()
        cookie = experiment.cookie(1)
        await talk_a_little(experiment, await experiment.gathers([web.address], each=4, plain=0))
        before, until = resident(web), time.monotonic() + seconds
        flooding = [asyncio.create_task(floods(web, elsewhere.path, cookie, until)) for _ in range(FLOODERS)]
        async with experiment.talking(rate=4):
            most = 0
            while not all(flood.done() for flood in flooding):
                most = max(most, resident(web) - before)
                await asyncio.sleep(0.05)
        codes = await asyncio.gather(*flooding)
        left = becomes(lambda: resident(web) - before, 0, 5)
        return codes, (most, left), await experiment.settles(within=5)


@each_server
@on_sqlite
async def test_f29_senders_who_flood_are_put_out(lab, redis, kind, report):
    with lab.extra(kind, PRIZMAI_LOADTEST="0") as (web,):
        codes, (grown, left), verdict = await talk_beside_flooders(lab, web, rounds(5, 30))
    report(f"closed with {codes}, {told(grown, left)}; {verdict}")
    assert codes == [TOO_FAST] * FLOODERS
    assert grown <= MOST and left <= BACK
    flawless(verdict, 1)
    assert share(verdict.delays, 0.99) <= 1.0


@on_sqlite
async def test_f29_twin_without_limits_nobody_is_put_out(lab, redis, report):
    with lab.extra(DAPHNE) as (web,):
        codes, (grown, _), _ = await talk_beside_flooders(lab, web, 2)
    report(f"closed with {codes}, +{grown / MB:.0f} MB")
    assert TOO_FAST not in codes


@each_server
@on_sqlite
async def test_f44_coming_and_going_leaves_nothing_behind(lab, redis, kind, report):
    """A thousand times, after as much coming and going as it takes to have been everywhere once."""
    room, cookie = lab.scene.room(), lab.scene.stage.ask("sign_in", user_id=lab.scene.ids["ada"])
    first, cycles = rounds(300, 1_000), rounds(300, 1_000)
    with lab.extra(kind) as (web,):
        await comes_and_goes(web, room, cookie, first)
        held, before = becomes(lambda: descriptors(web), 0, 3), resident(web)
        await comes_and_goes(web, room, cookie, cycles)
        left = becomes(lambda: descriptors(web), held, 5)
        grown = resident(web) - before
        assert web.tells()["sockets"] == 0
    report(f"{cycles} times: +{grown / MB:.1f} MB, {left - held} descriptors")
    assert left <= held + 2
    assert grown <= 10 * MB


async def comes_and_goes(web, room, cookie, times):
    async def one():
        line = await Line.opened(web.address, room.path, cookie=cookie)
        await line.hears("welcome")
        await line.closes()

    for start in range(0, times, 20):
        await asyncio.gather(*(one() for _ in range(min(20, times - start))))
