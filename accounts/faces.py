"""A face is the picture by which a person is known: a square in two sizes, with nothing else of the file in it."""

import io
import secrets
import warnings
from contextlib import contextmanager

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps

from .colours import in_whole_colours
from .unpacking import has_many_scans

SIZES = (64, 256)  # pixels of an edge
LARGEST = 5 * 1024 * 1024  # bytes of an upload
MOST_PIXELS = 40_000_000
MOST_HELD = 12_000_000  # of them in memory at once
FORMATS = ("PNG", "JPEG", "GIF", "WEBP")
NOT_ONE = _("Please choose a picture: PNG, JPEG, GIF or WebP.")


def address_of(key, size=SIZES[0]):
    return f"/accounts/face/{key}/{size}/" if key else None


def path_of(key, size):
    """Where a picture lies in the media storage."""
    return f"faces/{key[:2]}/{key}-{size}.webp"


def keep_face(file):
    """The key of a new picture made of this upload; ValidationError when it is none, or too large."""
    if file.size > LARGEST:
        raise ValidationError(
            _("A picture may have at most %(most)d MB."), params={"most": LARGEST // 1024 // 1024}
        )
    square = _square(file)
    key = secrets.token_urlsafe(18)
    for size in SIZES:
        default_storage.save(path_of(key, size), ContentFile(_written(square, size)))
    return key


@contextmanager
def kept_for(file):
    """Within it the key of a new picture made of this upload, or "" without one; gone if what it is for fails."""
    key = keep_face(file) if file else ""
    try:
        yield key
    except BaseException:
        drop_face(key)
        raise


def drop_face(key):
    for size in SIZES if key else ():
        default_storage.delete(path_of(key, size))


def _square(file):
    """Its middle, the right way up. What its header promises is looked at before anything is unpacked."""
    if has_many_scans(file.read()):
        raise ValidationError(NOT_ONE)
    file.seek(0)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # our own limit is lower
            picture = Image.open(file, formats=FORMATS)
        if _pixels(picture) > MOST_PIXELS or _held(picture) > MOST_HELD:
            raise ValidationError(_("This picture has too many pixels."))
        middle = ImageOps.fit(in_whole_colours(picture), (SIZES[-1], SIZES[-1]), Image.Resampling.LANCZOS)
        return ImageOps.exif_transpose(middle).convert("RGBA")
    except ValidationError:
        raise
    except Exception as error:  # a broken picture fails in as many ways as there are formats
        raise ValidationError(NOT_ONE) from error


def _pixels(picture):
    return picture.width * picture.height


def _held(picture):
    """How many pixels are in memory at once: of a JPEG as many as are wanted, unless it comes in scans."""
    whole = _pixels(picture)
    picture.draft("RGB", (2 * SIZES[-1], 2 * SIZES[-1]))
    return whole if "progressive" in picture.info else _pixels(picture)


def _written(square, size):
    """Drawn anew, pixel by pixel, on white: nothing else of the upload is left."""
    paper = Image.new("RGB", square.size, "white")
    paper.paste(square, mask=square.getchannel("A"))
    written = io.BytesIO()
    paper.resize((size, size), Image.Resampling.LANCZOS).save(written, "WEBP", quality=84, method=4)
    return written.getvalue()
