"""A smaller picture of a picture, to be shown in a timeline: upright, without a note, as WebP."""

import io
import warnings

from PIL import Image, ImageOps

from accounts.colours import in_whole_colours

from . import TYPES

LONGEST_SIDE = 640  # pixels, of what is shown at most half as wide
MOST_PIXELS = 40_000_000  # that are held in memory at once
QUALITY = 82
CONTENT_TYPE = "image/webp"


def smaller(file):
    """The bytes; None of a picture that moves, is too large to be looked at, or cannot be read."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(file, formats=list(TYPES)) as image:
                return _saved(_shrunk(image)) if _is_worth_it(image) else None
    except Exception:  # a broken picture fails in as many ways as there are formats
        return None


def _is_worth_it(image):
    return not getattr(image, "is_animated", False) and image.width * image.height <= MOST_PIXELS


def _shrunk(image):
    image.draft("RGB", (LONGEST_SIDE * 2, LONGEST_SIDE * 2))  # a JPEG is not even read at its full size
    image = in_whole_colours(image)
    image.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    upright = ImageOps.exif_transpose(image)
    return upright.convert("RGBA" if upright.has_transparency_data else "RGB")


def _saved(image):
    bare = Image.new(image.mode, image.size)
    bare.paste(image)  # the pixels, and nothing that was said about them
    file = io.BytesIO()
    bare.save(file, "WEBP", quality=QUALITY, method=4, icc_profile=image.info.get("icc_profile"))
    return file.getvalue()
