"""The undertaker kills every process group that is left when the tests end, however they end.

It is a process that reads "+<group>" and "-<group>" lines; when its input closes, because the tests are over or were
killed themselves, it ends the groups it still has.
"""

import contextlib
import functools
import os
import signal
import subprocess
import sys


def watch_over(group):
    _tell(f"+{group}")


def bury(group):
    _tell(f"-{group}")


@functools.cache
def _undertaker():
    return subprocess.Popen(
        [sys.executable, __file__], stdin=subprocess.PIPE, start_new_session=True, text=True, bufsize=1
    )


def _tell(line):
    _undertaker().stdin.write(line + "\n")


def main():
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    groups = set()
    for line in sys.stdin:
        group = int(line[1:])
        groups.add(group) if line[0] == "+" else groups.discard(group)
    for group in groups:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(group, signal.SIGKILL)


if __name__ == "__main__":
    main()
