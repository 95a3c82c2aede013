"""How a camera was held: the one note that a picture needs, since without it the picture lies on its side."""

import struct

from PIL import Image

ORIENTATION = 0x0112
UPRIGHT = 1


def only_turned(exif):
    """Exif (a TIFF, with or without its prefix) that says nothing else; empty when the picture stands upright."""
    noted = Image.Exif()
    try:
        noted.load(exif)
        turned = int(noted.get(ORIENTATION, UPRIGHT))
    except Exception:  # what cannot be read turns nothing
        return b""
    return _exif(turned) if UPRIGHT < turned <= 8 else b""


def is_on_its_side(image):
    """Whether a picture is as wide, once it stands upright, as it is high in the file."""
    return image.getexif().get(ORIENTATION, UPRIGHT) >= 5


def _exif(orientation):
    """A TIFF of one directory with one entry (TIFF 6.0, section 2)."""
    entry = struct.pack(">HHIHH", ORIENTATION, 3, 1, orientation, 0)
    return b"MM\0*" + struct.pack(">IH", 8, 1) + entry + bytes(4)
