"""Is there room left on the disk where the data is?"""

import shutil

from .finding import well, wrong

NAME = "Disk"
# Bytes that should be free: a twentieth of the disk, within these.
LEAST, MOST = 1_000_000_000, 10_000_000_000


def check(place):
    """No finding where there is no folder: another check says that it is missing."""
    if place.data.is_dir():
        yield room_at(place.data)


def room_at(folder):
    room = shutil.disk_usage(folder)
    told = f"{size(room.free)} of {size(room.total)} left where the data folder is."
    if room.free < min(max(room.total / 20, LEAST), MOST):
        return wrong(NAME, told, "Free some space there: files that people send need it, and so does SQLite.")
    return well(NAME, told)


def size(count):
    """Bytes as people say them: "48 MB"."""
    for unit in ("bytes", "KB", "MB", "GB"):
        if count < 1000:
            return f"{count:.0f} {unit}" if count >= 10 or unit == "bytes" else f"{count:.1f} {unit}"
        count /= 1000
    return f"{count:.1f} TB"
