"""What can be asked of the launcher on its command line."""

import argparse
import os
from dataclasses import dataclass
from pathlib import Path

from .ports import own_address, reached_at
from .sorry import Sorry

PROJECT = Path(__file__).resolve().parents[2]
LOOPBACK = ("127.0.0.1", "localhost", "::1")


@dataclass(frozen=True)
class Options:
    host: str
    port: int
    server: str
    workers: int
    data: Path
    demo: bool

    @property
    def on_loopback(self):
        return self.host in LOOPBACK

    @property
    def url(self):
        """What people open. `localhost`, not 127.0.0.1: a sign-in holds for one name of the host only."""
        if self.on_loopback:
            name = "localhost"
        elif self.host in ("0.0.0.0", "::", ""):
            name = own_address()
        else:
            name = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{name}:{self.port}"

    @property
    def reachable_at(self):
        """Where this machine itself reaches the web server."""
        return reached_at(self.host, self.port)


def add_arguments(parser):
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default 127.0.0.1)")
    parser.add_argument("--port", type=int, default=8000, help="port of the web server (default 8000)")
    parser.add_argument("--server", choices=["daphne", "uvicorn"], default="daphne", help="default daphne")
    parser.add_argument("--workers", type=int, default=1, help="web processes of uvicorn (default 1)")
    parser.add_argument("--data", metavar="DIR", help="data folder (default PRIZMAI_DATA, or var/)")
    parser.add_argument("--no-demo", action="store_true", help="make no demo workspace in an empty database")


def parse(arguments):
    parser = argparse.ArgumentParser(prog="manage.py start", description="Start PrizmAI Messaging.")
    add_arguments(parser)
    return from_parsed(vars(parser.parse_args(arguments)))


def from_parsed(parsed):
    """Options from a dict of parsed arguments; raises Sorry for combinations that cannot be."""
    if not 0 < parsed["port"] < 65536:
        raise Sorry(f"{parsed['port']} is not a port.", "Choose one up to 65535, for example --port 8001.")
    if parsed["workers"] < 1:
        raise Sorry("There must be at least one web process.", "Leave --workers away, or say --workers 1.")
    if parsed["workers"] > 1 and parsed["server"] == "daphne":
        raise Sorry("Daphne runs as one process.", "To have more of them add --server uvicorn.")
    data = parsed["data"] or os.environ.get("PRIZMAI_DATA") or PROJECT / "var"
    return Options(
        host=parsed["host"],
        port=parsed["port"],
        server=parsed["server"],
        workers=parsed["workers"],
        data=Path(data).expanduser().resolve(),
        demo=not parsed["no_demo"],
    )
