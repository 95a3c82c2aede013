"""Copying a WebP chunk by chunk, up to the end that its header tells (RFC 9649, section 2)."""

from .parts import limited_count
from .turned import only_orientation

PICTURE = {b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP"}
METADATA = 0x08 | 0x04  # flags in VP8X: there is Exif, there is XMP
HAS_EXIF = 0x08


def copy(data):
    """(the picture without metadata, its number of frames); ValueError if it is no WebP."""
    end = 8 + int.from_bytes(data[4:8], "little")
    if data[:4] != b"RIFF" or data[8:12] != b"WEBP" or end > len(data):
        raise ValueError("no WebP")
    chunks = list(_chunks(data, end))
    exif = b"".join(only_orientation(content) for name, content in chunks if name == b"EXIF")
    kept = [_chunk(name, _flagged(name, content, exif)) for name, content in chunks if name in PICTURE]
    if exif and chunks[0][0] == b"VP8X":
        kept.append(_chunk(b"EXIF", exif))
    body = b"WEBP" + b"".join(kept)
    frames = sum(name == b"ANMF" for name, _ in chunks)
    return b"RIFF" + len(body).to_bytes(4, "little") + body, max(frames, 1)


def _flagged(name, content, exif):
    if name != b"VP8X":
        return content
    return bytes((content[0] & ~METADATA | (HAS_EXIF if exif else 0),)) + content[1:]


def _chunks(data, end):
    position, parts = 12, limited_count()
    while position < end:
        next(parts)
        name, size = (
            data[position : position + 4],
            int.from_bytes(data[position + 4 : position + 8], "little"),
        )
        content = data[position + 8 : position + 8 + size]
        if len(name) != 4 or len(content) != size:
            raise ValueError("a chunk that is cut off")
        yield name, content
        position += 8 + size + size % 2


def _chunk(name, content):
    return name + len(content).to_bytes(4, "little") + content + bytes(len(content) % 2)
