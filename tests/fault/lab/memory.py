"""What a process holds: memory and descriptors, as the kernel counts them."""

import contextlib
import os
import time
from pathlib import Path
from statistics import linear_regression

MB = 1_048_576


def resident(part):
    """Bytes in memory of a part's own process."""
    for line in Path(f"/proc/{part.process.pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) * 1024
    raise AssertionError(f"{part.name} has ended")


class Course:
    """How a part's memory goes, looked at now and then."""

    def __init__(self, part):
        self._part, self._began, self._seen = part, time.monotonic(), []
        self.look()

    def look(self):
        self._seen.append(((time.monotonic() - self._began) / 3600, resident(self._part) / MB))

    @property
    def minutes(self):
        return self._seen[-1][0] * 60

    @property
    def grown(self):
        """MB, from the first look to the last."""
        return self._seen[-1][1] - self._seen[0][1]

    @property
    def slope(self):
        """MB an hour, by the line that fits all looks best."""
        return linear_regression(*zip(*self._seen, strict=True)).slope


def descriptors(part):
    return len(os.listdir(f"/proc/{part.process.pid}/fd"))


def sockets(part):
    return sum(1 for name in _held(part) if name.startswith("socket:"))


def _held(part):
    folder = Path(f"/proc/{part.process.pid}/fd")
    for number in os.listdir(folder):
        with contextlib.suppress(OSError):
            yield os.readlink(folder / number)


def becomes(measure, most, within):
    """What the measure is once it is at most so much, or when the time is over."""
    deadline = time.monotonic() + within
    while (value := measure()) > most and time.monotonic() < deadline:
        time.sleep(0.1)
    return value
