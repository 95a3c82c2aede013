"""Copying a GIF block by block, up to its trailer (the GIF89a specification)."""

from .parts import limited_count

EXTENSION, IMAGE, TRAILER = 0x21, 0x2C, 0x3B
CONTROL, APPLICATION = 0xF9, 0xFF
LOOPS = (b"\x0bNETSCAPE2.0", b"\x0bANIMEXTS1.0")


def copy(data):
    """(the picture without metadata, its number of frames); ValueError or IndexError if it is no GIF."""
    if data[:6] not in (b"GIF87a", b"GIF89a"):
        raise ValueError("no GIF")
    position = 13 + _colours(data[10])
    kept, frames, parts = [data[:position]], 0, limited_count()
    while data[position] != TRAILER:
        next(parts)
        end, stays = _block(data, position)
        if stays:
            kept.append(data[position:end])
        frames += data[position] == IMAGE
        position = end
    return b"".join([*kept, bytes((TRAILER,))]), max(frames, 1)


def _block(data, position):
    """(the position after this block, whether it is needed to show the picture)"""
    if data[position] == IMAGE:
        return _after_parts(data, position + 11 + _colours(data[position + 9])), True
    if data[position] != EXTENSION:
        raise ValueError("no block")
    kind, told = data[position + 1], data[position + 2 : position + 14]
    return _after_parts(data, position + 2), kind == CONTROL or (kind == APPLICATION and told in LOOPS)


def _after_parts(data, position):
    while data[position]:
        position += 1 + data[position]
    return position + 1


def _colours(flags):
    """How many bytes the colour table has, 0 without one."""
    return 3 << ((flags & 7) + 1) if flags & 0x80 else 0
