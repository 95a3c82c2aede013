"""A GIF, block by block (the GIF89a specification), up to its trailer."""

from .parts import counted

EXTENSION, IMAGE, TRAILER = 0x21, 0x2C, 0x3B
CONTROL, APPLICATION = 0xF9, 0xFF
LOOPS = (b"\x0bNETSCAPE2.0", b"\x0bANIMEXTS1.0")


def copy(data):
    """(the same picture without notes, how many frames it has); ValueError or IndexError for what is no GIF."""
    if data[:6] not in (b"GIF87a", b"GIF89a"):
        raise ValueError("no GIF")
    position = 13 + _colours(data[10])
    kept, frames, parts = [data[:position]], 0, counted()
    while data[position] != TRAILER:
        next(parts)
        end, stays = _block(data, position)
        if stays:
            kept.append(data[position:end])
        frames += data[position] == IMAGE
        position = end
    return b"".join([*kept, bytes((TRAILER,))]), max(frames, 1)


def _block(data, position):
    """(where it ends, whether it is part of what one sees)"""
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
    """Bytes of a colour table, if there is one."""
    return 3 << ((flags & 7) + 1) if flags & 0x80 else 0
