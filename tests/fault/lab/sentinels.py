"""Two Redis, of which one repeats the other, and three Sentinels who name the primary: as docs/deploy/ has them."""

import re
import time

import psutil

from operations.redis_address import place_of
from operations.redis_by_hand import Redis as ByHand
from operations.redis_by_hand import Refused, named_by

from .part import ROOT, Part, free_port
from .redis import Redis, server

SHIPPED = ROOT / "docs/deploy"


def settings(name, folder, port, primary):
    """A file as it is shipped, with addresses and a folder of this machine."""
    text = (SHIPPED / name).read_text().replace("10.0.0.1 6379", f"127.0.0.1 {primary}")
    for word, value in {"bind": "127.0.0.1", "port": port, "dir": folder}.items():
        text, count = re.subn(rf"^{word} .*$", f"{word} {value}", text, flags=re.MULTILINE)
        assert count == 1, f"{name} says {word} {count} times"
    return text


def url_of(ports):
    """What prizmai.env says of Sentinels, if these were theirs."""
    written = re.search(r"^# REDIS_URL=(\S+)$", (SHIPPED / "prizmai.env").read_text(), re.MULTILINE)[1]
    for number, port in enumerate(ports, 1):
        written = written.replace(f"10.0.0.{number}:26379", f"127.0.0.1:{port}")
    return written


class Watching(Part):
    """A Sentinel."""

    def __init__(self, folder, primary):
        self.port, self._folder = free_port(), folder
        folder.mkdir()
        self._settings = folder / "sentinel.conf"  # in which it notes what it learns
        self._settings.write_text(settings("sentinel.conf", folder, self.port, primary.port))
        command = [server(), self._settings, "--sentinel"]
        super().__init__(folder.name, command, log=folder / "sentinel.log", answers=self._knows_all)

    def _knows_all(self):
        """Of the replica, and of both the others."""
        place = place_of(url_of([self.port]))
        try:
            with ByHand(place.each[0]) as line:
                told = line.ask("SENTINEL", "MASTER", place.name)
        except (OSError, Refused):
            return False
        known = dict(zip(told[::2], told[1::2], strict=True))
        return known["num-slaves"] == "1" and known["num-other-sentinels"] == "2"


class Watched:
    """`primary` is which was it at first. It and the first of the Sentinels share a machine, so to say."""

    def __init__(self, folder):
        self.primary = self._redis(folder / "first")
        self.replica = self._redis(folder / "second", repeating=self.primary)
        self.sentinels = [Watching(folder / f"sentinel{number}", self.primary) for number in (1, 2, 3)]
        self.url = url_of(sentinel.port for sentinel in self.sentinels)
        self.place = place_of(self.url)

    def _redis(self, folder, repeating=None):
        folder.mkdir()
        redis = Redis(folder)
        text = settings("redis.conf", folder, redis.port, (repeating or redis).port)
        if repeating:
            text = text.replace("# replicaof", "replicaof")
        (folder / "redis.conf").write_text(text)
        redis.command = [server(), str(folder / "redis.conf")]
        return redis

    def start(self):
        for redis in (self.primary, self.replica):
            redis.start().wait()
        self._until_repeated()  # for Sentinels ask a primary only now and then who repeats it
        for sentinel in self.sentinels:
            sentinel.start()
        for sentinel in self.sentinels:
            sentinel.wait()
        return self

    def _until_repeated(self, within=10):
        deadline = time.monotonic() + within
        with ByHand(self._address(self.replica)) as line:
            while "master_link_status:up" not in line.ask("INFO", "replication"):
                assert time.monotonic() < deadline, self.replica.last_words()
                time.sleep(0.02)

    def _address(self, redis):
        return self.place.primary_at("127.0.0.1", redis.port)

    @property
    def url_of_the_first(self):
        return f"redis://:{self.place.password}@127.0.0.1:{self.primary.port}"

    def loses_a_machine(self):
        """The primary is dead, and the Sentinel beside it takes connections and answers nobody."""
        self.primary.kill()
        self.sentinels[0].freeze()

    def until_another_is_named(self, within=15):
        deadline = time.monotonic() + within
        while (named := self._named())[1] != str(self.replica.port):
            assert time.monotonic() < deadline, f"{named} is still the primary"
            time.sleep(0.05)

    def _named(self):
        """By the last of them, who is not frozen."""
        return named_by(self.place.each[-1], self.place.name, timeout=1)

    def are_asked_by(self, part):
        """The ports of Sentinels to which this process has a line."""
        ports = {sentinel.port for sentinel in self.sentinels}
        lines = psutil.Process(part.process.pid).net_connections("tcp")
        return [line.raddr.port for line in lines if line.raddr and line.raddr.port in ports]

    def close(self):
        for part in [self.primary, self.replica, *self.sentinels]:
            part.kill()
