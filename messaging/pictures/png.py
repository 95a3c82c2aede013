"""A PNG, chunk by chunk (the PNG specification, section 5), up to its end."""

import zlib

from .parts import counted
from .turned import only_turned

SIGNATURE = b"\x89PNG\r\n\x1a\n"
PICTURE = {
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"cHRM", b"gAMA", b"iCCP", b"sBIT", b"sRGB", b"cICP", b"mDCV",
    b"cLLI", b"bKGD", b"pHYs", b"acTL", b"fcTL", b"fdAT",
}  # fmt: skip


def copy(data):
    """(the same picture without notes, how many frames it has); ValueError for what is no PNG."""
    if not data.startswith(SIGNATURE):
        raise ValueError("no PNG")
    kept, frames = [SIGNATURE], 0
    for name, content in _chunks(data):
        frames += name == b"fcTL"
        if name == b"eXIf":
            content = only_turned(content)
        if name in PICTURE or (name == b"eXIf" and content):
            kept.append(_chunk(name, content))
    return b"".join(kept), max(frames, 1)


def _chunks(data):
    position = len(SIGNATURE)
    for _ in counted():
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
