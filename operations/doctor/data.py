"""Is there a data folder where we look, and is it closed to others?"""

import os
import shlex

from operations.start.folder import AS_THE_SERVER, is_ours_to_use

from .finding import wrong
from .place import START

NAME = "Data folder"


def check(place):
    """Nothing, where there is one: what is in it is told by the other questions."""
    if not place.data.is_dir():
        yield wrong(
            NAME,
            f"There is none at {place.data}: no installation has begun there.",
            f"Say where it is with --data, as when it was started. {START}",
        )
    elif not is_ours_to_use(place.data):
        yield wrong(NAME, f"This user may not use {place.data}.", AS_THE_SERVER)
    elif is_open_to_others(place.data):
        yield wrong(
            NAME,
            f"Everybody who has an account on this machine can read what is in {place.data}.",
            f"Close it: chmod 700 {shlex.quote(str(place.data))}",
        )


def is_open_to_others(folder):
    """A folder further up may keep them out as well. Windows has other rights, which tell it nothing."""
    if os.name == "nt" or not folder.stat().st_mode & 0o007:
        return False
    return all(above.stat().st_mode & 0o001 for above in folder.resolve().parents)
