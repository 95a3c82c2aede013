"""The limits: what asyncio's own writes reach, and what this machine reaches at all."""

import sys
from pathlib import Path

from ..generator import built
from .peer import Peer

LOOPS = Path(__file__).with_name("loops")

TRANSPORT_WRITES = Peer(
    "limit: bare transport.write loop",
    lambda folder, port: [sys.executable, LOOPS / "transport_writes.py", port],
    {},
)
JOINED_WRITES = Peer(
    "limit: C epoll loop, joined writes",
    lambda folder, port: [built(LOOPS / "joined_writes.c"), port],
    {},
)
