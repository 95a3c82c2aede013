"""The product as it is measured: a web process on one core, its database and its Redis on the other, and a crowd."""

import contextlib
import http.client
import subprocess
import sys
import time

from tests.fault.lab.house import SQLITE, House, new_postgres
from tests.fault.lab.part import ROOT
from tests.fault.lab.web import Web

from .cores import OTHERS, SERVER, pin, spent
from .generator import drive
from .peers.peer import FIRST

SESSION = "crowdsession1"  # of the first of a crowd


class Product:
    """`driven` runs the generator against it. `beside` is a second process, which shares a core with all the rest."""

    def __init__(self, house, web, beside=None):
        self._house, self.port = house, web.port
        self.pid, self._other = web.process.pid, beside.port if beside else 0
        pin(self.pid, SERVER)
        if beside:
            pin(beside.process.pid, OTHERS)

    def runs(self, *words):
        """The last word that a command of the product said."""
        return (self.tells(*words).split() or [""])[-1]

    def tells(self, *words):
        """All that a command of the product said."""
        done = subprocess.run(
            [sys.executable, *words], cwd=ROOT, env=self._house.env, capture_output=True, text=True
        )
        if done.returncode:
            raise RuntimeError(f"{' '.join(words)} failed: {done.stderr.strip()[-2000:]}")
        return done.stdout

    def crowd(self, people, rooms):
        """The id of the first of the rooms."""
        return int(self.runs("manage.py", "crowd", "--people", str(people), "--rooms", str(rooms)))

    def driven(self, *, sockets, rooms=1, first=None, **wishes):
        """`first` of the rooms, where they have been made."""
        first = first or self.crowd(sockets, rooms)
        ports = {"port": self.port, "other": self._other}
        return drive(**ports, pid=self.pid, sockets=sockets, rooms=rooms, first=first, **wishes)

    @property
    def spent(self):
        return spent(self.pid)

    def visits(self, paths, times):
        """Milliseconds of each of so many requests by one browser, whose line stays open, and the bytes of the last."""
        door, took, size = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60), [], 0
        headers = {"Cookie": f"sessionid={SESSION}", "Accept-Encoding": "gzip"}
        for number in range(times + len(paths)):
            began = time.perf_counter()
            door.request("GET", paths[number % len(paths)], headers=headers)
            answer = door.getresponse()
            size = len(answer.read())
            if answer.status != 200:
                raise RuntimeError(f"{paths[number % len(paths)]} was answered with {answer.status}.")
            took.append((time.perf_counter() - began) * 1000)
        door.close()
        return sorted(took[len(paths) :]), size  # the first of each found nothing warm


class HubAlone(Product):
    """Rooms where nothing is kept: they need not be made, and whoever comes is a member."""

    def crowd(self, people, rooms):
        return FIRST


@contextlib.contextmanager
def installation(database=SQLITE):
    """A house with its database, which keeps what it confirms, and its Redis; nobody serves it yet."""
    postgres = None if database == SQLITE else new_postgres(durable=True)
    try:
        if postgres is not None:
            pin(postgres.process.pid, OTHERS)
        with House(postgres) as house:
            house.settle()
            pin(house.redis.process.pid, OTHERS)
            yield house
    finally:
        if postgres is not None:
            postgres.stop()


@contextlib.contextmanager
def serving(house, server, processes=1):
    """One web process or two."""
    with house.extra(*[server] * processes) as webs:
        yield Product(house, *webs)


@contextlib.contextmanager
def running(server, database=SQLITE):
    with installation(database) as house, serving(house, server) as product:
        yield product


@contextlib.contextmanager
def hub_alone(server):
    """The hub of a process, behind which there is no database but an empty one: tests/bench/alone."""
    with House() as house:
        pin(house.redis.start().wait().process.pid, OTHERS)
        web = Web(
            server,
            env=house.env,
            folder=house.folder,
            more_env={"DJANGO_SETTINGS_MODULE": "tests.bench.alone.settings"},
            application="tests.bench.alone.asgi:application",
        )
        web.start()
        try:
            yield HubAlone(house, web.wait())
        finally:
            web.kill()
