"""A clock that goes wrong for one process alone, by libfaketime. Waits and timeouts keep to the true one."""

from pathlib import Path

LIBRARIES = "*/faketime/libfaketimeMT.so.1"


class FalseClock:
    def __init__(self, folder):
        self.file = Path(folder) / "false-clock"
        self.goes_wrong_by(0)

    def goes_wrong_by(self, seconds):
        self.file.write_text(f"{seconds:+d}s\n")

    @property
    def env(self):
        return {
            "LD_PRELOAD": str(library()),
            "FAKETIME_TIMESTAMP_FILE": str(self.file),
            "FAKETIME_CACHE_DURATION": "1",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
            "DONT_FAKE_MONOTONIC": "1",
        }


def library():
    return next(Path("/usr/lib").glob(LIBRARIES), None)
