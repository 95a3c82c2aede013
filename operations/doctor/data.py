"""Is there a data folder where we look?"""

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
