"""The product as it is measured: one web process on one core, its database and its Redis, and a crowd."""

import contextlib
import os
import subprocess
import sys
from pathlib import Path

from tests.fault.lab.house import SQLITE, House, new_postgres
from tests.fault.lab.part import ROOT

from .generator import drive

CORE = 0


class Product:
    """`driven` runs the generator against it, and adds what the server spent meanwhile."""

    def __init__(self, house, web):
        self._house, self._web = house, web
        self._folder = Path("/proc", str(web.process.pid))
        self._pin()

    def crowd(self, people, rooms):
        """The id of the first of the rooms."""
        command = [sys.executable, "manage.py", "crowd", "--people", str(people), "--rooms", str(rooms)]
        made = subprocess.run(
            command, cwd=ROOT, env=self._house.env, capture_output=True, text=True, check=True
        )
        return int(made.stdout.split()[-1])

    def driven(self, *, sockets, rooms=1, **wishes):
        first = self.crowd(sockets, rooms)
        memory, spent = self.memory, self.spent
        told = drive(port=self._web.port, sockets=sockets, rooms=rooms, first=first, **wishes)
        return told | {"server_cpu": self.spent - spent, "server_grew": self.memory - memory}

    @property
    def memory(self):
        """Bytes."""
        return int((self._folder / "statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")

    @property
    def spent(self):
        """Seconds of CPU: fields 14 and 15 of proc(5)'s stat, which follow a name that may hold anything."""
        fields = (self._folder / "stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def _pin(self):
        if os.cpu_count() > 1:
            for thread in (self._folder / "task").iterdir():
                os.sched_setaffinity(int(thread.name), {CORE})


@contextlib.contextmanager
def running(server, database=SQLITE):
    postgres = None if database == SQLITE else new_postgres()
    try:
        with House(postgres) as house:
            (web,) = house.settle().opens(server)
            yield Product(house, web)
    finally:
        if postgres is not None:
            postgres.stop()
