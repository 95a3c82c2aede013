"""The usual Channels chat: Daphne, the Redis channel layer, one group message, and JSON made by each who hears it."""

import contextlib
import os
import subprocess
import sys

from tests.fault.lab.part import ROOT

from .peer import FRAME, Peer, redis


@contextlib.contextmanager
def _around(folder, people, rooms):
    with redis(folder) as env:
        env |= {"USUAL_DATABASE": str(folder / "usual.sqlite3")}
        fill = [sys.executable, "-m", "tests.bench.peers.usual.people", str(people), str(rooms)]
        subprocess.run(fill, cwd=ROOT, env=os.environ | env, check=True)
        yield env


def _command(folder, port):
    application = "tests.bench.peers.usual.asgi:application"
    return [sys.executable, "-m", "daphne", "-b", "127.0.0.1", "-p", port, application]


USUAL = Peer(
    "the usual Channels chat",
    _command,
    {
        "path": "/ws/chat-room/%r/",
        "cookie": "sessionid=crowdsession%n",
        "post": '{"type":"chat_message","message":"%t %x"}',
        "mark": '"message": "t=',
    },
    around=_around,
    first=1,
    size=FRAME - 170,
    env={"DJANGO_SETTINGS_MODULE": "tests.bench.peers.usual.settings"},
)
