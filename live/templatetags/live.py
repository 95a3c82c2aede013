"""How pages get our modules: {% import_map %} names them, {% preload_modules … %} has them fetched all at once, and
`for_scripts` tells them what they need to know, {% code_version %} which of them
there are. In another language the catalogue is that language's module.
"""

import json
import re
from functools import cache

import orjson
from django import template
from django.conf import settings
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import get_language

from ..code import FOLDER, code_version, module_names

register = template.Library()
register.simple_tag(code_version)
MARKUP = {ord(sign): f"\\u{ord(sign):04X}" for sign in "<>&"}  # nothing told ends a script
CATALOGUE = "language/catalogue.js"  # of English
IMPORT = re.compile(r'^(?:import|export)\s(?:[^;]*?\sfrom\s+)?"([^"]+)"', re.MULTILINE)


def import_map_json(language):
    addresses = {name: address_of(name, language) for name in module_names()}
    return json.dumps({"imports": addresses}, separators=(",", ":"))


def address_of(name, language):
    translated = f"language/{language}.js"
    is_other = name == CATALOGUE and (FOLDER / translated).exists()
    return static(f"js/{translated if is_other else name}")


_made_once = cache(import_map_json)


@register.simple_tag(takes_context=True)
def import_map(context):
    """Maps bare names of our modules, such as "live/connection.js", to addresses that change with them."""
    content = (import_map_json if settings.DEBUG else _made_once)(get_language())
    nonce = context["request"].csp_nonce
    return mark_safe(f'<script type="importmap" nonce="{nonce}">{content}</script>')  # noqa: S308  names of our own files


@register.simple_tag(takes_context=True)
def preload_modules(context, *entries, later=False):
    """Links to these modules and all that they import, so that no import waits for another; each once on a page.

    What is wanted `later` does not hurry.
    """
    request = context["request"]
    told = request.__dict__.setdefault("_modules_told", set())
    names = [name for name in (modules_of if settings.DEBUG else _modules_once)(entries) if name not in told]
    told.update(names)
    link = _link if settings.DEBUG else _link_once
    return mark_safe("".join(link(name, get_language(), later) for name in names))  # noqa: S308  names of our own files


def modules_of(entries):
    """These modules and all that they import before they run, nearest first."""
    found = ["".join(entry) for entry in entries]  # a template's words are no plain ones
    for name in found:
        code = (FOLDER / name).read_text(encoding="utf-8")
        found += [other for other in IMPORT.findall(code) if other not in found]
    return list(dict.fromkeys(found))


def _link(name, language, later):
    hurry = mark_safe(' fetchpriority="low"') if later else ""
    return format_html('<link rel="modulepreload" href="{}"{}>', address_of(name, language), hurry)


_modules_once, _link_once = cache(modules_of), cache(_link)


@register.filter
def for_scripts(value, id):
    """As `json_script`, for plain values only, which are most of a page, in a tenth of the time."""
    told = orjson.dumps(value).decode().translate(MARKUP)
    return mark_safe(f'<script id="{id}" type="application/json">{told}</script>')  # noqa: S308  no markup is left
