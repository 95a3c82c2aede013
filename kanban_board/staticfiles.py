"""Static files whose address changes with their content, straight from their folders."""

import hashlib
from functools import cache
from urllib.parse import parse_qs

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


def cache_for_ever(headers, path, url):
    """A module or sheet asked for by its fingerprint never changes; the rest is asked for again after a minute."""
    del path
    if parse_qs(url.partition("?")[2]).get("v"):
        headers["Cache-Control"] = "public, max-age=31536000, immutable"
