"""What is there only while a backup is made, tested or restored, and goes however that ends."""

import contextlib
import shutil
import signal
import sys

ENDED = 128 + signal.SIGTERM  # the exit status that a shell tells


@contextlib.contextmanager
def folder_at(path):
    """A new folder. Always at the same place, so that nothing stays of a try that was killed."""
    shutil.rmtree(path, ignore_errors=True)
    path.mkdir(mode=0o700)
    try:
        yield path
    finally:
        shutil.rmtree(path, ignore_errors=True)


@contextlib.contextmanager
def tidy_when_ended():
    """SIGTERM, by which systemd and Docker end a command, ends it as an error does; by itself nothing would go."""
    before = signal.signal(signal.SIGTERM, lambda *_: sys.exit(ENDED))
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
