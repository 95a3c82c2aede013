"""F17 Everybody is dropped at once: all are back and up to date soon, and the database is asked little for it."""

import asyncio
import contextlib
import re
import socket
import time
from statistics import median

import pytest

from .lab.experiment import Experiment, flawless, rounds
from .lab.house import POSTGRES, SQLITE
from .lab.link import Link
from .lab.web import DAPHNE, UVICORN

CROWD = rounds(120, 500)
SYNCED_WITHIN = 15.0  # seconds
QUERIES = 3  # of the database for each who comes back
ARRIVING = 500  # at one process that serves others already
KEPT = 10  # times as long as when nobody comes, at most, waits who stayed
on_postgres = pytest.mark.parametrize("lab", [POSTGRES], indirect=True)
on_sqlite = pytest.mark.parametrize("lab", [SQLITE], indirect=True)
ASKED = re.compile(r"LOG:  (statement|execute [^:]*): (?!BEGIN|ROLLBACK|COMMIT|SET)")


@pytest.fixture
def counted(lab):
    """What this database is asked is written down while the test lasts, for whoever connects from here on."""
    name = lab.database_url.rpartition("/")[2]
    lab.postgres.does(f"ALTER DATABASE \"{name}\" SET log_statement = 'all'")
    yield lambda: len(ASKED.findall(lab.postgres.log.read_text(errors="replace")))
    lab.postgres.does(f'ALTER DATABASE "{name}" RESET log_statement')


async def storm(lab, counted, kinds, **env):
    """(seconds until all are up to date, queries a return, the verdict)."""
    with lab.extra(*kinds, **env) as webs:
        links = [Link(web.port) for web in webs]
        try:
            async with Experiment(lab, lab.scene, rooms=4, tasks=0) as experiment:
                bots = [
                    experiment.bot(experiment.places[n % 4], [links[n % len(links)].address])
                    for n in range(CROWD)
                ]
                experiment.bots += bots
                await asyncio.gather(*(bot.is_online(60) for bot in bots))
                for bot in bots[:8]:
                    await experiment.says_something(bot)
                await experiment.settles(within=10)
                quiet = await questions_in(counted, 2)
                asked, began = counted(), time.monotonic()
                for link in links:
                    link.resets()
                await asyncio.gather(*(bot.is_back(SYNCED_WITHIN) for bot in bots))
                took = time.monotonic() - began
                queries = (counted() - asked - quiet * took) / CROWD
                verdict = await experiment.settles(within=5)
        finally:
            for link in links:
                link.close()
    return took, queries, verdict


async def questions_in(counted, seconds):
    """Questions a second that are asked without anybody coming."""
    before = counted()
    await asyncio.sleep(seconds)
    return (counted() - before) / seconds


@on_postgres
async def test_f17_everybody_is_dropped_at_once(lab, redis, counted, report):
    took, queries, verdict = await storm(lab, counted, [DAPHNE, UVICORN])
    report(f"{CROWD} synced after {took:.1f} s, {queries:.1f} queries a return; {verdict}")
    flawless(verdict, 8)
    assert took <= SYNCED_WITHIN
    assert queries <= QUERIES


@on_postgres
async def test_f17_twin_that_reads_the_past_for_each_asks_more(lab, redis, counted, report):
    off = {"PRIZMAI_FAILPOINTS": "past.shared=off"}
    took, queries, verdict = await storm(lab, counted, [DAPHNE, UVICORN], **off)
    report(f"{queries:.1f} queries a return; {verdict}")
    assert queries > QUERIES


# -- and those who stayed ----------------------------------------------------------------------------------------


class Crowd:
    """People at the door of one web process: what they are told is only looked at, for reading it costs our time."""

    def __init__(self, experiment, place, web):
        self._experiment, self._place, self._web, self._inside = experiment, place, web, set()
        self._sockets = []

    def arrives(self):
        for _ in range(ARRIVING):
            self._sockets.append(socket.create_connection(("127.0.0.1", self._web.port)))
        for number, one in enumerate(self._sockets):
            one.sendall(self._request(self._experiment.cookie(number)))

    def is_inside(self):
        for one in self._sockets:
            with contextlib.suppress(BlockingIOError):
                if b'"welcome"' in one.recv(1 << 16, socket.MSG_DONTWAIT):
                    self._inside.add(one)
        return len(self._inside) == ARRIVING

    def leaves(self):
        for one in self._sockets:
            one.close()

    def _request(self, cookie):
        lines = [
            f"GET {self._place.path} HTTP/1.1",
            f"Host: {self._web.address}",
            f"Origin: http://{self._web.address}",
            f"Cookie: sessionid={cookie}",
            "Connection: Upgrade",
            "Upgrade: websocket",
            "Sec-WebSocket-Version: 13",
            "Sec-WebSocket-Key: MDEyMzQ1Njc4OWFiY2RlZg==",
            "Sec-WebSocket-Protocol: prizmai.v2",
        ]
        return "\r\n".join([*lines, "", ""]).encode()


async def waits(lab, **env):
    """(seconds from a post to its acknowledgement while nobody comes, while a crowd does), of most of the posts."""
    with lab.extra(DAPHNE, **env) as [web]:
        async with Experiment(lab, lab.scene, rooms=2, tasks=0) as experiment:
            here, there = experiment.places
            bot = experiment.bot(here, [web.address])
            experiment.bots.append(bot)
            await bot.is_online()
            quiet = [await acknowledged(experiment, bot) for _ in range(20)]
            crowd, busy = Crowd(experiment, there, web), []
            crowd.arrives()
            try:
                async with asyncio.timeout(SYNCED_WITHIN):
                    while not crowd.is_inside():
                        busy.append(await acknowledged(experiment, bot))
            finally:
                crowd.leaves()
    return median(quiet), median(busy)


async def acknowledged(experiment, bot):
    began = time.perf_counter()
    await experiment.says_something(bot)
    await bot.has_sent_all(SYNCED_WITHIN)
    return time.perf_counter() - began


@on_sqlite
async def test_f17_who_stayed_is_served_while_others_come(lab, redis, report):
    quiet, busy = await waits(lab)
    report(f"{ARRIVING} come, who stayed waits {busy / quiet:.1f} times as long")
    assert busy <= KEPT * quiet


@on_sqlite
async def test_f17_twin_that_lets_all_in_at_once_serves_nobody_else(lab, redis, report):
    quiet, busy = await waits(lab, PRIZMAI_FAILPOINTS="arrivals.turn=off")
    report(f"all {ARRIVING} at once: who stayed waits {busy / quiet:.1f} times as long")
    assert busy > KEPT * quiet


# -- and who stands before the door ------------------------------------------------------------------------------


async def before_the_door(lab, **env):
    """(how many of a crowd are connected while nobody can be let in, how many are answered once somebody can)."""
    with lab.extra(DAPHNE, **env) as [web]:
        web.freeze()
        lines = []
        while len(lines) < ARRIVING and (line := await _line_to(web)):
            lines.append(line)
        web.thaw()
        try:
            answers = await asyncio.gather(*(_is_answered(line) for line in lines))
        finally:
            for line in lines:
                line.close()
    return len(lines), sum(answers)


async def _line_to(web):
    """A line that the kernel keeps for the process, or None."""
    line = socket.socket()
    line.setblocking(False)
    try:
        async with asyncio.timeout(0.05):
            await asyncio.get_running_loop().sock_connect(line, ("127.0.0.1", web.port))
    except TimeoutError:
        line.close()
        return None
    return line


async def _is_answered(line):
    loop = asyncio.get_running_loop()
    with contextlib.suppress(OSError, TimeoutError):
        async with asyncio.timeout(SYNCED_WITHIN):
            await loop.sock_sendall(line, b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n")
            return (await loop.sock_recv(line, 1 << 16)).startswith(b"HTTP/1.1 200")
    return False


@on_sqlite
async def test_f17_a_crowd_before_the_door_is_let_in(lab, redis, report):
    connected, answered = await before_the_door(lab)
    report(f"{connected} of {ARRIVING} wait, {answered} are answered")
    assert connected == answered == ARRIVING


@on_sqlite
async def test_f17_twin_before_whose_door_few_may_wait(lab, redis, report):
    connected, _ = await before_the_door(lab, PRIZMAI_FAILPOINTS="daphne.backlog=off")
    report(f"{connected} of {ARRIVING} wait")
    assert connected < ARRIVING
