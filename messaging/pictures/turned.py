"""The orientation in Exif: the only metadata that is kept, because without it a picture may lie on its side."""

import struct

from PIL import Image

ORIENTATION = 0x0112
UPRIGHT = 1


def only_orientation(exif):
    """Exif with nothing but the orientation of this one, which may have its prefix; empty if the picture is upright."""
    noted = Image.Exif()
    try:
        noted.load(exif)
        turned = int(noted.get(ORIENTATION, UPRIGHT))
    except Exception:  # Exif that cannot be read is left out
        return b""
    return _exif(turned) if UPRIGHT < turned <= 8 else b""


def is_on_its_side(image):
    """Whether width and height of a picture are swapped when it is shown upright."""
    return image.getexif().get(ORIENTATION, UPRIGHT) >= 5


def _exif(orientation):
    """A TIFF of one directory with one entry (TIFF 6.0, section 2)."""
    entry = struct.pack(">HHIHH", ORIENTATION, 3, 1, orientation, 0)
    return b"MM\0*" + struct.pack(">IH", 8, 1) + entry + bytes(4)
