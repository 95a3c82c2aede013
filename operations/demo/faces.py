"""The faces of the demo's people, drawn with a few round shapes and kept like any picture that somebody uploads."""

import io
from dataclasses import dataclass

from django.core.files.base import ContentFile
from PIL import Image, ImageDraw

from accounts.pictures.faces import keep_face

EDGE = 512
INK = "#2b2230"


@dataclass(frozen=True)
class Face:
    wall: str
    skin: str
    hair: str
    shirt: str
    cut: str  # "bun", "short" or "long"
    glasses: bool = False


FACES = {
    "ada": Face("#d9cdf7", "#f0c6a4", "#43302b", "#5b3fb0", "bun"),
    "bob": Face("#bfe0ea", "#8a5a3c", "#1e1a1c", "#e0793a", "short", glasses=True),
    "carol": Face("#f9dcc0", "#f4d2b8", "#b4532a", "#23706a", "long"),
    "eve": Face("#d3e6c4", "#d9a67e", "#2a2536", "#a83a5f", "long", glasses=True),
}


def face_of(username):
    """The key of this person's picture, newly kept; "" for who has none."""
    if username not in FACES:
        return ""
    file = io.BytesIO()
    _drawn(FACES[username]).save(file, "PNG", compress_level=1)
    return keep_face(ContentFile(file.getvalue(), name=f"{username}.png"))


def _drawn(face):
    picture = Image.new("RGB", (EDGE, EDGE), face.wall)
    draw = ImageDraw.Draw(picture)
    _hair_behind(draw, face)
    draw.ellipse((76, 398, 436, 700), fill=face.shirt)
    draw.rounded_rectangle((218, 330, 294, 436), 38, fill=face.skin)
    draw.ellipse((156, 126, 356, 376), fill=face.skin)
    _hair_in_front(draw, face)
    _look(draw, face)
    return picture


def _hair_behind(draw, face):
    if face.cut == "long":
        draw.rounded_rectangle((126, 96, 386, 440), 128, fill=face.hair)
    if face.cut == "bun":
        draw.ellipse((206, 36, 306, 136), fill=face.hair)
        draw.ellipse((138, 92, 374, 330), fill=face.hair)


def _hair_in_front(draw, face):
    """A cap of hair to the brow; where it is parted tells people apart."""
    draw.chord((142, 92, 370, 352), 180, 360, fill=face.hair)
    brow = {"bun": (176, 166, 336, 300), "short": (164, 182, 348, 300), "long": (184, 160, 352, 330)}[
        face.cut
    ]
    draw.ellipse(brow, fill=face.skin)
    if face.cut == "long":
        draw.rounded_rectangle((338, 190, 386, 420), 24, fill=face.hair)


def _look(draw, face):
    for middle in (212, 300):
        draw.ellipse((middle - 11, 246, middle + 11, 270), fill=INK)
        draw.ellipse((middle - 2, 249, middle + 6, 257), fill="white")
        if face.glasses:
            draw.ellipse((middle - 35, 222, middle + 35, 292), outline=INK, width=7)
    if face.glasses:
        draw.line((246, 254, 266, 254), fill=INK, width=7)
    draw.arc((220, 282, 292, 336), 20, 160, fill=INK, width=8)
