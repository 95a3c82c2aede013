"""A smaller version of a picture for the timeline: upright, without metadata, as WebP."""

import io
import warnings

from PIL import Image, ImageOps

from accounts.pictures.colours import in_whole_colours

from . import TYPES

LONGEST_SIDE = 640  # pixels; pages show it at most half as wide
MOST_PIXELS = 40_000_000  # in memory at once
QUALITY = 82
CONTENT_TYPE = "image/webp"


def smaller(file):
    """The bytes of the smaller picture; None if the picture is animated, too large, or cannot be read."""
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
    image.draft("RGB", (LONGEST_SIDE * 2, LONGEST_SIDE * 2))  # a JPEG is decoded at a smaller size
    image = in_whole_colours(image)
    image.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    upright = ImageOps.exif_transpose(image)
    return upright.convert("RGBA" if upright.has_transparency_data else "RGB")


def _saved(image):
    bare = Image.new(image.mode, image.size)
    bare.paste(image)  # the pixels without the metadata
    file = io.BytesIO()
    bare.save(file, "WEBP", quality=QUALITY, method=4, icc_profile=image.info.get("icc_profile"))
    return file.getvalue()
