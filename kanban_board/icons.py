"""The icons of every template: `{% icon "bell" %}`."""

from functools import cache

from django import template
from django.templatetags.static import static
from django.utils.html import format_html

register = template.Library()


@register.simple_tag
@cache
def icon(name):
    """One of static/vendor/lucide/icons.svg, as large as the words beside it; what it means must be said in words."""
    address = static("vendor/lucide/icons.svg")
    return format_html('<svg class="icon" aria-hidden="true"><use href="{}#{}"></use></svg>', address, name)
