"""The peers that Node runs. Their packages are installed when first needed, as package-lock.json names them."""

import contextlib
import hashlib
import os
import shutil
import subprocess
from functools import cache
from pathlib import Path

from ..peer import Missing, Peer, program, redis

HERE = Path(__file__).parent
FILES = ("package.json", "package-lock.json", "ws.js", "socketio.js")


@cache
def installed():
    """The folder: kept between runs, one for each state of the files."""
    state = hashlib.sha256(b"".join((HERE / name).read_bytes() for name in FILES)).hexdigest()[:12]
    folder = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache"), f"prizmai-bench/node-{state}")
    if not (folder / "installed").exists():
        folder.mkdir(parents=True, exist_ok=True)
        for name in FILES:
            shutil.copy(HERE / name, folder)
        done = subprocess.run(
            [program("npm"), "ci", "--no-audit", "--no-fund"], cwd=folder, capture_output=True, text=True
        )
        if done.returncode:
            raise Missing(f"npm could not install it: {done.stderr.strip().splitlines()[-1]}")
        (folder / "installed").touch()
    return folder


def _runs(script):
    return lambda folder, port: [program("node", "nodejs"), installed() / script, port]


@contextlib.contextmanager
def _with_redis(folder, people, rooms):
    with redis(folder) as env:
        yield env


WS = Peer("`ws`", _runs("ws.js"), {})

SOCKET_IO = Peer(
    "Socket.IO, Redis adapter",
    _runs("socketio.js"),
    {
        "path": "/socket.io/?EIO=4&transport=websocket&room=%r",
        "hello": "40",
        "post": '42["say","%t %x"]',
        "mark": '42["said","t=',
    },
    around=_with_redis,
)
