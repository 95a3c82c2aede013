"""uWebSockets with its own publish, by way of socketify: uWebSockets.js is not to be had from npm."""

import importlib.util
import sys
from pathlib import Path

from .peer import Missing, Peer

SCRIPT = Path(__file__).with_name("loops") / "uwebsockets_publish.py"


def _command(folder, port):
    if importlib.util.find_spec("socketify") is None:
        raise Missing("uWebSockets is not installed: python -m pip install socketify==0.0.31")
    return [sys.executable, SCRIPT, port]


UWEBSOCKETS = Peer("uWebSockets", _command, {})
