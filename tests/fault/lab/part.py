"""A part is one process of an installation, with its children in a process group of its own."""

import contextlib
import os
import signal
import socket
import subprocess
import time
from pathlib import Path

from .undertaker import bury, watch_over

ROOT = Path(__file__).resolve().parents[3]
LAST_WORDS = 3_000  # characters of the log that a failure shows


class NotReady(AssertionError):
    """A part did not answer in its time."""


class Part:
    def __init__(self, name, command, *, log, env=None, answers):
        self.name, self.command, self.env = name, [str(word) for word in command], env
        self.log, self.answers = Path(log), answers  # `answers()` is true when the part is ready
        self.process = None

    @property
    def lives(self):
        return self.process is not None and self.process.poll() is None

    def start(self):
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.command,
                cwd=ROOT,
                env=self.env,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        watch_over(self.process.pid)
        return self

    def wait(self, seconds=30):
        deadline = time.monotonic() + seconds
        while not self.answers():
            if not self.lives:
                raise NotReady(f"{self.name} ended by itself ({self.process.poll()}):\n{self.last_words()}")
            if time.monotonic() > deadline:
                raise NotReady(f"{self.name} did not answer in {seconds} s:\n{self.last_words()}")
            time.sleep(0.02)
        return self

    def kill(self):
        self._end(signal.SIGKILL)

    def stop(self, sign=signal.SIGTERM, seconds=8):
        if not self.lives:
            return
        self._signal(signal.SIGCONT)
        os.kill(self.process.pid, sign)
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(seconds)
        self._end(signal.SIGKILL)

    def freeze(self):
        self._signal(signal.SIGSTOP)

    def thaw(self):
        self._signal(signal.SIGCONT)

    def restart(self):
        self.kill()
        self.start().wait()

    def last_words(self):
        return self.log.read_text(errors="replace")[-LAST_WORDS:] if self.log.exists() else ""

    def _end(self, sign):
        if self.process is not None:
            self._signal(sign)
            self.process.wait(10)
            bury(self.process.pid)

    def _signal(self, sign):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, sign)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def accepts(port):
    """Whether something listens on this port of the loopback."""
    try:
        socket.create_connection(("127.0.0.1", port), timeout=0.5).close()
    except OSError:
        return False
    return True
