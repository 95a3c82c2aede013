"""The picture of a page, made small and stored here, so that browsers do not ask other servers for it."""

import io
from dataclasses import dataclass

from ..pictures import picture_in
from ..pictures.small import smaller
from .trip import LARGEST

MOST_PIXELS = 12_000_000  # so that it is decoded in a moment
LEAST_SIDE = 48  # pixels; a smaller picture is an icon, or counts visitors


@dataclass(frozen=True, slots=True)
class Small:
    content: bytes  # WebP
    width: int
    height: int


def small_picture(content):
    """The picture in these bytes as a Small; None if it is no picture, is animated, or is too large or too small."""
    picture = picture_in(io.BytesIO(content)) if len(content) <= LARGEST else None
    if picture is None or not _is_fit(picture):
        return None
    made = smaller(io.BytesIO(picture.content))
    shown = made and picture_in(io.BytesIO(made))
    return Small(made, shown.width, shown.height) if shown else None


def _is_fit(picture):
    return min(picture.width, picture.height) >= LEAST_SIDE and picture.width * picture.height <= MOST_PIXELS
