"""Copying a PNG chunk by chunk, up to its end (the PNG specification, section 5)."""

import zlib

from .parts import limited_count
from .turned import only_orientation

SIGNATURE = b"\x89PNG\r\n\x1a\n"
PICTURE = {
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"cHRM", b"gAMA", b"iCCP", b"sBIT", b"sRGB", b"cICP", b"mDCV",
    b"cLLI", b"bKGD", b"pHYs", b"acTL", b"fcTL", b"fdAT",
}  # fmt: skip


def copy(data):
    """(the picture without metadata, its number of frames); ValueError if it is no PNG."""
    if not data.startswith(SIGNATURE):
        raise ValueError("no PNG")
    kept, frames = [SIGNATURE], 0
    for name, content in _chunks(data):
        frames += name == b"fcTL"
        if name == b"eXIf":
            content = only_orientation(content)
        if name in PICTURE or (name == b"eXIf" and content):
            kept.append(_chunk(name, content))
    return b"".join(kept), max(frames, 1)


def _chunks(data):
    position = len(SIGNATURE)
    for _ in limited_count():
        size, name = int.from_bytes(data[position : position + 4], "big"), data[position + 4 : position + 8]
        content = data[position + 8 : position + 8 + size]
        if len(name) != 4 or len(content) != size:
            raise ValueError("a chunk that is cut off")
        yield name, content
        if name == b"IEND":
            return
        position += size + 12


def _chunk(name, content):
    check = zlib.crc32(content, zlib.crc32(name))
    return len(content).to_bytes(4, "big") + name + content + check.to_bytes(4, "big")
