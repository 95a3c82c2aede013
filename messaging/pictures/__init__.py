"""Which uploads are pictures that a browser may show in the page; everything else can only be downloaded.

A picture is stored without its metadata (place, time, device) and without anything appended to it. Its bytes are copied
part by part and not decoded, so that no uploaded picture costs more than its own size.
"""

import io
import warnings
from typing import NamedTuple

from PIL import Image

from accounts.pictures.unpacking import is_costly

from . import gif, jpeg, png, webp
from .turned import is_on_its_side

BEGINNINGS = {b"\x89PNG": png.copy, b"\xff\xd8\xff": jpeg.copy, b"GIF8": gif.copy, b"RIFF": webp.copy}
TYPES = {"PNG": "image/png", "JPEG": "image/jpeg", "GIF": "image/gif", "WEBP": "image/webp"}
MOST_PIXELS = 50_000_000  # of all frames together
ANYTHING_ELSE = "application/octet-stream"


class Picture(NamedTuple):
    content_type: str
    content: bytes
    width: int  # in pixels as it is shown, turned upright
    height: int
    frames: int


def picture_in(file):
    """The Picture in a file, judged by its content and never by its name; None for anything else."""
    try:
        return _picture(file.read())
    except Exception:  # a broken picture fails in as many ways as there are formats
        return None
    finally:
        file.seek(0)


def _picture(data):
    copy = next((copy for beginning, copy in BEGINNINGS.items() if data.startswith(beginning)), None)
    if copy is None or is_costly(data):
        return None
    content, frames = copy(data)
    kind, width, height = _header(content)
    is_small_enough = width * height * frames <= MOST_PIXELS
    return Picture(TYPES[kind], content, width, height, frames) if is_small_enough else None


def _header(content):
    """(format, width, height) of a copy. An original might keep Pillow busy with parts that mean nothing."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # our own limit is lower
        with Image.open(io.BytesIO(content), formats=list(TYPES)) as image:
            size = image.size[::-1] if is_on_its_side(image) else image.size
            return image.format, *size
