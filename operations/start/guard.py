"""The guard outlives the launcher, if only to end what a killed launcher left behind.

It reads process groups from its standard input (`+123`, `-123`) for as long as the launcher holds the other
end of that pipe. The pipe ends with the launcher, however that ends; what is on the list then is asked to stop,
and killed.
"""

import contextlib
import os
import signal
import subprocess
import sys
import time

PATIENCE = 5.0  # seconds between asking and killing


class Guard:
    """The launcher's end of the pipe."""

    def __init__(self):
        self._process = subprocess.Popen(
            [sys.executable, "-I", "-S", os.path.abspath(__file__)],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            start_new_session=True,  # of no effect on Windows
            creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
        )

    @property
    def pid(self):
        return self._process.pid

    def watch(self, pid):
        self._write(f"+{pid}\n")

    def let_go(self, pid):
        self._write(f"-{pid}\n")

    def dismiss(self):
        with contextlib.suppress(OSError):
            self._process.stdin.close()
        self._process.wait()

    def _write(self, line):
        with contextlib.suppress(OSError):  # the guard was killed: the launcher still stops its parts itself
            self._process.stdin.write(line.encode())
            self._process.stdin.flush()


def stand_guard(lines):
    watched = set()
    for line in lines:
        pid = int(line[1:])
        watched.add(pid) if line[0] == "+" else watched.discard(pid)
    for ask in (signal.SIGTERM, getattr(signal, "SIGKILL", signal.SIGTERM)):
        for pid in watched:
            end_group(pid, ask)
        until = time.monotonic() + PATIENCE
        while any(map(is_alive, watched)) and time.monotonic() < until:
            time.sleep(0.1)


def end_group(pid, ask):
    if os.name == "nt":
        subprocess.run(["taskkill", "/F", "/T", "/PID", str(pid)], capture_output=True, check=False)
        return
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, ask)


def is_alive(pid):
    if os.name == "nt":
        return False  # taskkill /F has settled it
    try:
        os.killpg(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


if __name__ == "__main__":
    for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK"):  # the guard goes last, when the pipe ends
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_IGN)
    stand_guard(sys.stdin)
