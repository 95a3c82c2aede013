"""What makes the product an app that can be installed: its manifest, its service worker, and its offline page."""

import hashlib
import json
from functools import cache
from pathlib import Path

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import conditional_page, require_safe

from live.templatetags.live import module_names

WORKER = Path(settings.BASE_DIR) / "static" / "worker"
PARTS = ("pages.js", "files.js", "pushes.js", "worker.js")  # in this order they are one script
OFFLINE = "/offline/"


@require_safe
@cache_control(no_cache=True)
@conditional_page
def worker(request):
    """The service worker. It changes with any file that pages are made of, and then fetches all of them again.

    It changes with the language too, because the offline page that it stores must be in the reader's language.
    """
    pictures = {"icon": static("img/icon-192.png"), "badge": static("img/badge-96.png")}
    shell = {
        "version": _version(),
        "files": _files(),
        "offline": f"{OFFLINE}?language={get_language()}",
        **pictures,
    }
    script = f"self.SHELL = {json.dumps(shell)};\n{_parts()}"
    return HttpResponse(script, content_type="text/javascript; charset=utf-8")


@require_safe
@cache_control(no_cache=True)
@conditional_page
def manifest(request):
    return JsonResponse(
        {
            "id": "/",
            "name": "PrizmAI",
            "short_name": "PrizmAI",
            "description": _("Team chat on your boards"),
            "start_url": "/messaging/",
            "scope": "/",
            "display": "standalone",
            "background_color": "#faf9fc",
            "theme_color": "#faf9fc",
            "categories": ["productivity", "business"],
            "icons": [_icon(name, size) for name in ("icon", "icon-maskable") for size in (192, 512)],
            "shortcuts": [
                {"name": _("Catch up"), "url": "/messaging/"},
                {"name": _("Notifications"), "url": "/messaging/notifications/"},
                {"name": _("Boards"), "url": "/boards/"},
            ],
        },
        content_type="application/manifest+json",
    )


@require_safe
def offline(request):
    """The page that is shown without a network in place of a page that was never opened on this device."""
    return render(request, "offline.html")


def _icon(name, size):
    purpose = "maskable" if name.endswith("maskable") else "any"
    return {"src": static(f"img/{name}-{size}.png"), "sizes": f"{size}x{size}", "purpose": purpose}


def _version():
    named = "\n".join([*_files(), _parts()])
    return hashlib.sha256(named.encode()).hexdigest()[:10]


def _files():
    """The URLs of all files that pages are made of. They change with the files' content."""
    pictures = ["img/logo.svg", "img/favicon.svg", "vendor/lucide/icons.svg"]
    modules = [f"js/{name}" for name in module_names()]
    return [static(name) for name in ["css/app.css", *modules, *pictures, FONT]]


FONT = "vendor/inter/inter-latin-wght-normal.woff2"


def _parts():
    return _read() if not settings.DEBUG else _read.__wrapped__()


@cache
def _read():
    return "\n".join((WORKER / name).read_text(encoding="utf-8") for name in PARTS)
