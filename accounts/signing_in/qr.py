"""A link as a QR code (ISO/IEC 18004), dark on white in either theme."""

import segno
from django.utils.safestring import mark_safe


def as_svg(link):
    """An SVG of paths, without a size. It is safe HTML, because it does not contain the text of the link."""
    code = segno.make(link, micro=False, error="m")
    return mark_safe(code.svg_inline(dark="#000", light="#fff", border=4, omitsize=True))
