"""{% import_map %} maps bare names of our modules, such as "live/connection.js", to addresses that change with them."""

import json
from pathlib import Path

from django import template
from django.conf import settings
from django.templatetags.static import static
from django.utils.functional import SimpleLazyObject
from django.utils.safestring import mark_safe

register = template.Library()


def module_names():
    folder = Path(settings.BASE_DIR) / "static" / "js"
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.js"))


def import_map_json():
    return json.dumps(
        {"imports": {name: static(f"js/{name}") for name in module_names()}}, separators=(",", ":")
    )


_made_once = SimpleLazyObject(import_map_json)


@register.simple_tag(takes_context=True)
def import_map(context):
    content = import_map_json() if settings.DEBUG else str(_made_once)
    nonce = context["request"].csp_nonce
    return mark_safe(f'<script type="importmap" nonce="{nonce}">{content}</script>')  # noqa: S308  names of our own files
