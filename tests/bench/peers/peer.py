"""A peer is another server that does the same work: how it is started, and what the generator says to it."""

import contextlib
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tests.fault.lab.part import Part, accepts, free_port

from ..cores import OTHERS, SERVER, pin
from ..generator import drive

FRAME = 550  # bytes of what one hears of a message of 100 letters: what the product says of it
FIRST = 1_000  # rooms are numbers of four digits, so that all names of rooms are equally long


class Missing(Exception):
    """This peer is not installed; the sentence says what would install it."""


@dataclass(frozen=True)
class Peer:
    title: str
    command: Callable[[Path, int], list]  # of a folder of its own and a port; Missing when it cannot be
    words: dict  # for the generator
    around: Callable[[Path, int, int], Iterator[dict]] | None = (
        None  # what must run besides: yields environment
    )
    first: int = FIRST
    size: int = FRAME - 30
    env: dict = field(default_factory=dict)

    def measured(self, *, sockets, rooms=1, **more):
        """As Product.driven tells it."""
        with contextlib.ExitStack() as stack:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="prizmai-peer-")))
            folder.chmod(0o755)  # brokers leave root behind
            env = os.environ | self.env
            if self.around is not None:
                env |= stack.enter_context(self.around(folder, sockets, rooms))
            port = free_port()
            part = Part(
                self.title,
                self.command(folder, port),
                env=env,
                log=folder / "log",
                answers=lambda: accepts(port),
            )
            stack.callback(part.kill)
            pid = part.start().wait().process.pid
            pin(pid, SERVER)
            wishes = {"protocol": "", "path": "/%r", "size": self.size, "post": "%t %x", "mark": "t=0"}
            wishes |= self.words | {
                "port": port,
                "pid": pid,
                "sockets": sockets,
                "rooms": rooms,
                "first": self.first,
            }
            return drive(**wishes, **more)


def program(name, package=None):
    """Where it is. Debian keeps servers where only root looks."""
    found = shutil.which(name, path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    if found is None:
        raise Missing(f"{name} is not installed: apt-get install {package or name}")
    return found


@contextlib.contextmanager
def redis(folder):
    """The environment that names a Redis beside the server's core."""
    from tests.fault.lab.redis import Redis

    server = Redis(folder).start().wait()
    pin(server.process.pid, OTHERS)
    try:
        yield {"REDIS_URL": server.url}
    finally:
        server.kill()
