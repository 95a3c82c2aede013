"""A link as a picture that a phone reads: a QR code (ISO/IEC 18004), dark on white in either theme."""

import segno
from django.utils.safestring import mark_safe


def drawn(link):
    """An SVG without size, of paths alone: nothing of the link's text is in it."""
    code = segno.make(link, micro=False, error="m")
    return mark_safe(code.svg_inline(dark="#000", light="#fff", border=4, omitsize=True))
