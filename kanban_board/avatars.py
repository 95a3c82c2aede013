"""The people of every template: `{% avatar person.name person.pk person.face %}`."""

from functools import lru_cache

from django import template
from django.utils.html import format_html
from django.utils.safestring import mark_safe

register = template.Library()
MOST = 4_096  # people kept drawn


@register.simple_tag
@lru_cache(MOST)
def avatar(name, id=None, face=None):
    """Their picture, or their initial on a colour of their own; a page shows the same people many times."""
    return format_html(
        '<span class="avatar" data-hue="{}"{} aria-hidden="true">{}{}</span>',
        str(id or 0)[-1],
        format_html(' data-face="{}"', id) if id else "",
        (name or "")[:1].upper(),
        _picture(face),
    )


def _picture(face):
    if not face:
        return mark_safe("")
    return format_html('<img src="{}" alt="" loading="lazy" decoding="async">', face)
