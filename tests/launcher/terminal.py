"""A terminal in which `manage.py start` runs, and what a person does there: read, wait, press Ctrl-C."""

import os
import re
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import psutil

from operations.start import folder
from operations.start.ports import free_port

PROJECT = Path(__file__).resolve().parents[2]
PATIENCE = 90.0  # seconds
NO_REDIS = "redis://127.0.0.1:1"  # nobody listens there, so that the launcher brings its own


class Terminal:
    def __init__(self, data, options, environment):
        self.data, self.port = data, free_port()
        if "--port" not in options:
            options = ["--port", str(self.port), *options]
        self.process = subprocess.Popen(
            [sys.executable, PROJECT / "manage.py", "start", "--data", str(data), *options],
            env={**clean_environment(), "REDIS_URL": NO_REDIS, **environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        self._lines, self._news = [], threading.Condition()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        self._family = set()

    @property
    def text(self):
        return "\n".join(self._lines)

    @property
    def parts(self):
        """{name: pid} as the launcher notes them."""
        return folder.noted(self.data).get("parts", {})

    def sees(self, pattern, after=0):
        """Wait for a line that matches; the match. Lines before number `after` do not count."""
        until = time.monotonic() + PATIENCE
        with self._news:
            while True:
                for line in self._lines[after:]:
                    if found := re.search(pattern, line):
                        return found
                over = self.process.poll() is not None and not self._reader.is_alive()
                assert not over and time.monotonic() < until, f"never saw {pattern!r} in:\n{self.text}"
                self._news.wait(0.1)

    def is_up(self):
        self.sees("Ctrl-C stops everything")
        self._family = {self.process.pid, *self.descendants()}
        return self

    def descendants(self):
        return {child.pid for child in psutil.Process(self.process.pid).children(recursive=True)}

    def presses_ctrl_c(self):
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(PATIENCE)

    def ends(self):
        status = self.process.wait(PATIENCE)
        self._reader.join(5)
        return status

    def left_behind(self, seconds=15.0):
        """The processes still there, once they had some seconds to go."""
        until = time.monotonic() + seconds
        while (left := {pid for pid in self._family if _lives(pid)}) and time.monotonic() < until:
            time.sleep(0.05)
        return left

    def close(self):
        if self.process.poll() is None:
            self._family |= self.descendants()
            self.process.terminate()
            try:
                self.process.wait(40)
            except subprocess.TimeoutExpired:
                self.process.kill()
        self._reader.join(5)
        self.process.stdout.close()
        assert not self.left_behind(), f"left behind by:\n{self.text}"

    def _read(self):
        for line in self.process.stdout:
            with self._news:
                self._lines.append(line.rstrip("\n"))
                self._news.notify_all()


def _lives(pid):
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def clean_environment():
    ours = ("PRIZMAI_", "DATABASE_URL", "ALLOWED_", "SECRET_KEY", "PUBLIC_URL", "DEBUG")
    return {name: value for name, value in os.environ.items() if not name.startswith(ours)}
