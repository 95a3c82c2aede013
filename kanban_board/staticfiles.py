"""Static files whose address changes with their content, straight from their folders."""

import hashlib
from functools import cache

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import StaticFilesStorage


class HashedStaticFilesStorage(StaticFilesStorage):
    """`/static/app.css?v=1f2e3d4c5b`: nothing to collect, and a browser may keep it for ever."""

    def url(self, name):
        fingerprint = _fingerprint(name)
        return f"{super().url(name)}?v={fingerprint}" if fingerprint else super().url(name)


def fingerprint(name):
    """Ten hex digits of the file's content, or None when there is no such file."""
    path = finders.find(name)
    if path is None:
        return None
    with open(path, "rb") as file:
        return hashlib.sha256(file.read()).hexdigest()[:10]


_fingerprint_once = cache(fingerprint)


def _fingerprint(name):
    return fingerprint(name) if settings.DEBUG else _fingerprint_once(name)


def cache_for_ever(get_response):
    """Middleware: a file asked for by its fingerprint never changes; others are asked for again after a minute."""

    def middleware(request):
        response = get_response(request)
        if "v" in request.GET and response.status_code == 200 and request.path.startswith("/static/"):
            response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        return response

    return middleware
