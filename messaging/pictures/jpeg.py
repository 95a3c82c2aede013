"""Copying a JPEG segment by segment, up to the end of its first picture (ITU T.81, annex B)."""

import re

from .parts import limited_count
from .turned import only_orientation

START, END, SCAN, APP0, APP1, APP2, ADOBE = 0xD8, 0xD9, 0xDA, 0xE0, 0xE1, 0xE2, 0xEE
PICTURE = {*range(0xC0, 0xD0), SCAN, 0xDB, 0xDC, 0xDD}  # frames, tables, scans
MARKER = re.compile(rb"\xff+([\x01-\xfe])")
# In a scan, 0xFF is followed by 0 or a restart marker; any other marker ends the scan. More 0xFF may come before
# it; they are not matched, because whatever takes all of them looks through the rest of them at each.
NEXT_MARKER = re.compile(rb"\xff[\x01-\xcf\xd8-\xfe]")


def copy(data):
    """(the picture without metadata, 1); ValueError if it is no JPEG."""
    if data[:2] != bytes((0xFF, START)):
        raise ValueError("no JPEG")
    kept, position = [data[:2]], 2
    for _ in limited_count():
        marker, position = _marker(data, position)
        if marker == END:
            return b"".join([*kept, bytes((0xFF, END))]), 1
        end = position + int.from_bytes(data[position : position + 2], "big")
        if end < position + 2 or end > len(data):
            raise ValueError("a segment that is cut off")
        content = _content(marker, data[position + 2 : end])
        if content is not None:
            kept.append(bytes((0xFF, marker)) + (len(content) + 2).to_bytes(2, "big") + content)
        position = end
        if marker == SCAN:
            position = NEXT_MARKER.search(data, end).start()
            kept.append(data[end:position].rstrip(b"\xff"))


def _marker(data, position):
    found = MARKER.match(data, position)
    if found is None:
        raise ValueError("no marker")
    return found[1][0], found.end()


def _content(marker, content):
    """What is kept of a segment's content; None for nothing."""
    if marker in PICTURE or (marker == ADOBE and content.startswith(b"Adobe")):
        return content
    if marker == APP0 and content.startswith(b"JFIF\0"):
        return content[:12] + b"\0\0"  # without its thumbnail, which may show parts that were cropped
    if marker == APP2 and content.startswith(b"ICC_PROFILE\0"):
        return content
    if marker == APP1 and content.startswith(b"Exif\0\0") and (exif := only_orientation(content)):
        return b"Exif\0\0" + exif
    return None
