"""A part is one process that the launcher runs: started in a group of its own, listened to, stopped."""

import contextlib
import os
import signal
import subprocess
import threading
import time

from .console import printable
from .logs import Log

PATIENCE = 10.0  # seconds a part may take to finish what it is at


class Part:
    """`command` is a list; `ready` is asked until it returns True; `fds` are inherited (not on Windows).

    What `is_routine(line)` says of is only logged, and not shown in the terminal.
    """

    def __init__(
        self,
        name,
        command,
        *,
        environment,
        cwd,
        ready,
        folder,
        console,
        guard,
        fds=(),
        is_routine=lambda line: False,
    ):
        self.name, self.command, self.ready = name, command, ready
        self._environment, self._cwd, self._fds = environment, cwd, fds
        self._console, self._guard, self._is_routine = console, guard, is_routine
        self._log = Log(folder / "logs" / f"{name.replace(' ', '-')}.log")
        self._process, self._reader = None, None
        self.started_at = 0.0

    @property
    def pid(self):
        return self._process.pid if self._process else None

    @property
    def status(self):
        """None while it runs (or never ran), else its exit status, negative for a signal."""
        return self._process.poll() if self._process else None

    @property
    def is_running(self):
        return self._process is not None and self._process.poll() is None

    def start(self):
        self._process = subprocess.Popen(
            self.command,
            env=self._environment,
            cwd=self._cwd,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            **_own_group(self._fds),
        )
        self.started_at = time.monotonic()
        self._guard.watch(self.pid)
        self._reader = threading.Thread(target=self._read, args=[self._process.stdout], daemon=True)
        self._reader.start()

    def interrupt(self):
        """Ask it to finish, as Ctrl-C in its own terminal would."""
        self._signal(getattr(signal, "CTRL_BREAK_EVENT", signal.SIGINT))

    def end(self, hurry):
        """Ask, wait (or not, once `hurry` is set), insist: afterwards neither it nor what it started is there."""
        self.interrupt()
        self._wait(PATIENCE, hurry)
        self.kill()

    def kill(self):
        if self._process is None:
            return
        for name in ("SIGTERM", "SIGKILL"):
            if self._group_is_gone():
                break
            self._kill_with(name)
            self._wait(3.0)
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(3.0)
        self._guard.let_go(self.pid)
        self._reader.join(1.0)

    def close(self):
        self._log.close()

    def _read(self, stream):
        with contextlib.suppress(OSError, ValueError), stream:
            for raw in stream:
                line = printable(raw.decode(errors="replace").rstrip())
                self._log.write(line)
                if not self._is_routine(line):
                    self._console.line(self.name, line)

    def _wait(self, seconds, hurry=None):
        until = time.monotonic() + seconds
        while time.monotonic() < until and not self._group_is_gone() and not (hurry and hurry.is_set()):
            time.sleep(0.02)

    def _group_is_gone(self):
        if self._process.poll() is None:
            return False
        if os.name == "nt":
            return True
        try:
            os.killpg(self.pid, 0)
        except (ProcessLookupError, PermissionError):
            return True
        return False

    def _signal(self, number):
        with contextlib.suppress(OSError):
            if os.name == "nt":
                self._process.send_signal(number)
            else:
                os.killpg(self.pid, number)

    def _kill_with(self, name):
        if os.name == "nt":
            self._process.kill()
        else:
            self._signal(getattr(signal, name))


def _own_group(fds):
    """A group of its own, so that Ctrl-C reaches the launcher alone, which keeps the order."""
    if os.name == "nt":
        return {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP}
    return {"start_new_session": True, "pass_fds": fds}
