"""Which uploads are pictures that a browser may show in place; everything else is only ever downloaded."""

import warnings

from PIL import Image

TYPES = {"PNG": "image/png", "JPEG": "image/jpeg", "GIF": "image/gif", "WEBP": "image/webp"}
MOST_PIXELS = 50_000_000
ANYTHING_ELSE = "application/octet-stream"


def picture_type(file):
    """The type by what the file's header says, never by its name; nothing is decoded."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(file, formats=list(TYPES)) as image:
                fits = image.width * image.height <= MOST_PIXELS
                return TYPES[image.format] if fits else ANYTHING_ELSE
    except Exception:  # a broken picture fails in as many ways as there are formats
        return ANYTHING_ELSE
    finally:
        file.seek(0)
