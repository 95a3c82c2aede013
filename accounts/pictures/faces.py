"""A face is a person's picture: a square in two sizes, drawn anew, so that nothing else of the upload is kept."""

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
from .unpacking import is_costly

SIZES = (64, 256)  # pixels of an edge
LARGEST = 5 * 1024 * 1024  # bytes of an upload
MOST_PIXELS = 40_000_000
MOST_HELD = 12_000_000  # pixels in memory at once
FORMATS = ("PNG", "JPEG", "GIF", "WEBP")
NOT_ONE = _("Please choose a picture: PNG, JPEG, GIF or WebP.")


def url_of(key, size=SIZES[0]):
    return f"/accounts/face/{key}/{size}/" if key else None


def path_of(key, size):
    """The path of a picture in the media storage."""
    return f"faces/{key[:2]}/{key}-{size}.webp"


def keep_face(file):
    """Store this upload as a picture and return its key; ValidationError if it is no picture, or too large."""
    if file.size > LARGEST:
        raise ValidationError(
            _("A picture may have at most %(most)d MB."), params={"most": LARGEST // 1024 // 1024}
        )
    square = _square(file)
    key = secrets.token_urlsafe(18)
    for size in SIZES:
        default_storage.save(path_of(key, size), ContentFile(_as_webp(square, size)))
    return key


@contextmanager
def kept_for(file):
    """Store this upload as a picture and give its key, or "" without an upload; delete it if the block fails."""
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
    """The middle of the picture, upright. Its size is checked by its header, before it is decoded."""
    if is_costly(file.read()):
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
    """How many pixels decoding holds in memory: a JPEG is decoded at a small size, unless it is progressive."""
    whole = _pixels(picture)
    picture.draft("RGB", (2 * SIZES[-1], 2 * SIZES[-1]))
    return whole if "progressive" in picture.info else _pixels(picture)


def _as_webp(square, size):
    """The bytes of a new WebP file, drawn on white: nothing but the pixels of the upload is left."""
    paper = Image.new("RGB", square.size, "white")
    paper.paste(square, mask=square.getchannel("A"))
    written = io.BytesIO()
    paper.resize((size, size), Image.Resampling.LANCZOS).save(written, "WEBP", quality=84, method=4)
    return written.getvalue()
