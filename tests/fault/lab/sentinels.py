"""Two Redis, of which one repeats the other, and three Sentinels who say which is the primary."""

import time

from operations.redis_address import place_of
from operations.redis_by_hand import Redis as ByHand
from operations.redis_by_hand import Refused, named_by

from .part import Part, free_port
from .redis import Redis, server

NAME, PASSWORD, SENTINELS_PASSWORD = "chat", "hush", "whisper"
SETTINGS = """
port {port}
bind 127.0.0.1
dir {folder}
requirepass {own}
sentinel monitor {name} 127.0.0.1 {primary} 2
sentinel auth-pass {name} {password}
sentinel down-after-milliseconds {name} 1000
sentinel failover-timeout {name} 3000
"""


class Sentinel(Part):
    def __init__(self, folder, primary):
        self.port = free_port()
        folder.mkdir()
        settings = folder / "sentinel.conf"  # in which it notes what it learns
        told = {"port": self.port, "folder": folder, "primary": primary.port, "own": SENTINELS_PASSWORD}
        settings.write_text(SETTINGS.format(name=NAME, password=PASSWORD, **told))
        super().__init__(
            f"Sentinel {folder.name}",
            [server(), settings, "--sentinel"],
            log=folder / "sentinel.log",
            answers=self._knows_all,
        )

    @property
    def address(self):
        return place_of(f"redis://:{SENTINELS_PASSWORD}@127.0.0.1:{self.port}")

    def _knows_all(self):
        """Of the replica, and of both the others."""
        try:
            with ByHand(self.address) as line:
                told = line.ask("SENTINEL", "MASTER", NAME)
        except (OSError, Refused):
            return False
        known = dict(zip(told[::2], told[1::2], strict=True))
        return known["num-slaves"] == "1" and known["num-other-sentinels"] == "2"


class Watched:
    """`primary` is which was it at first. It and the first of the Sentinels share a machine, so to say."""

    def __init__(self, folder):
        self.primary, self.replica = self._redis(folder / "first"), self._redis(folder / "second")
        self.replica.command += ["--replicaof", "127.0.0.1", str(self.primary.port)]
        self.sentinels = [Sentinel(folder / f"watching{number}", self.primary) for number in (1, 2, 3)]

    def _redis(self, folder):
        folder.mkdir()
        return Redis(folder, words=["--requirepass", PASSWORD, "--masterauth", PASSWORD])

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
        with ByHand(f"redis://:{PASSWORD}@127.0.0.1:{self.replica.port}") as line:
            while "master_link_status:up" not in line.ask("INFO", "replication"):
                assert time.monotonic() < deadline, self.replica.last_words()
                time.sleep(0.02)

    @property
    def url(self):
        places = ",".join(f"127.0.0.1:{sentinel.port}" for sentinel in self.sentinels)
        return f"redis+sentinel://:{PASSWORD}@{places}/{NAME}?sentinel_password={SENTINELS_PASSWORD}"

    @property
    def url_of_the_first(self):
        return f"redis://:{PASSWORD}@127.0.0.1:{self.primary.port}"

    def loses_a_machine(self):
        """The primary is dead, and the Sentinel beside it takes connections and answers nobody."""
        self.primary.kill()
        self.sentinels[0].freeze()

    def until_another_is_named(self, within=15):
        deadline = time.monotonic() + within
        while (named := named_by(self.sentinels[-1].address, NAME, 1))[1] != str(self.replica.port):
            assert time.monotonic() < deadline, f"{named} is still the primary"
            time.sleep(0.05)

    def close(self):
        for part in self._parts:
            part.kill()

    @property
    def _parts(self):
        return [self.primary, self.replica, *self.sentinels]
