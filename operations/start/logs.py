"""A log file per part in the data folder, put aside at each start and when it has grown large."""

import contextlib
import os
import threading
import time

KEPT = 5  # earlier files of each part
LARGEST = 20 * 1024 * 1024  # bytes of one file


class Log:
    """Takes lines with the time they came. A full disk loses lines of the log, never the launcher."""

    def __init__(self, path):
        self._path = path
        self._lock = threading.Lock()
        self._file, self._written = None, 0
        self._renew()

    def write(self, line):
        with self._lock, contextlib.suppress(OSError, ValueError):
            if self._written > LARGEST:
                self._renew()
            entry = f"{time.strftime('%Y-%m-%d %H:%M:%S')} {line}\n".encode(errors="replace")
            self._file.write(entry)
            self._file.flush()
            self._written += len(entry)

    def close(self):
        with self._lock, contextlib.suppress(OSError):
            self._file.close()

    def _renew(self):
        if self._file:
            self._file.close()
        put_aside(self._path)
        self._file, self._written = open(self._path, "ab"), 0  # noqa: SIM115  it stays open as long as the part runs


def put_aside(path):
    """web.log becomes web.log.1, that web.log.2, and so on; the last one goes."""
    for number in range(KEPT, 0, -1):
        older = path.with_name(f"{path.name}.{number}")
        newer = path.with_name(f"{path.name}.{number - 1}") if number > 1 else path
        with contextlib.suppress(FileNotFoundError):
            os.replace(newer, older)
