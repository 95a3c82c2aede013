"""Static files whose address changes with their content, straight from their folders."""

import gzip
import hashlib
import mimetypes
import posixpath
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import StaticFilesStorage
from django.core.exceptions import SuspiciousOperation
from django.http import HttpResponse
from django.utils.cache import get_conditional_response, patch_vary_headers

FOR_EVER = "public, max-age=31536000, immutable"
WORDS = {".js", ".css", ".svg", ".json"}  # these are sent packed
# A line that is only a comment, and how far a line stands in: for those who read the source, not for browsers.
ASIDE = re.compile(r"^[ \t]+|^[ \t]*//[^\n]*", re.MULTILINE)
# A comment behind code: no quote follows it, so that it stands in no text.
REMARK = re.compile(r"(?<=[;{},)\]>])[ \t]+//[^\"'`\n]*$", re.MULTILINE)
# How a style sheet names another, whose styles are of a layer.
FILE = re.compile(r'url\("([^"?:]+)"\)')  # and a file, from where it lies
IMPORT = re.compile(r'^@import "([^"]+)" layer\((\w+)\);$', re.MULTILINE)


class HashedStaticFilesStorage(StaticFilesStorage):
    """`/static/app.css?v=1f2e3d4c5b`: nothing to collect, and a browser may keep it for ever."""

    def __init__(self, *args, **how):
        super().__init__(*args, **how)
        self._addresses = {}

    def url(self, name):
        if settings.DEBUG:
            return self._address(name)
        if name not in self._addresses:
            self._addresses[name] = self._address(name)
        return self._addresses[name]

    def _address(self, name):
        fingerprint, address = _fingerprint(name), super().url(name)
        return f"{address}?v={fingerprint}" if fingerprint else address


def fingerprint(name):
    """Ten hex digits of what is sent under this name, or None when there is no such file."""
    path = finders.find(name)
    if path is None:
        return None
    content = whole_sheet(name).encode() if name.endswith(".css") else Path(path).read_bytes()
    return hashlib.sha256(content).hexdigest()[:10]


_fingerprint_once = cache(fingerprint)


def _fingerprint(name):
    return fingerprint(name) if settings.DEBUG else _fingerprint_once(name)


# -- sending -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Sent:
    """A file of words as browsers get it, and the same packed."""

    kind: str
    version: str
    content: bytes
    packed: bytes


def bare(code):
    """A module without its comments and indents; each line stays in its place, for those who read an error."""
    return REMARK.sub("", ASIDE.sub("", ASIDE.sub("", code)))


def whole_sheet(name):
    """A style sheet with those that it names in their places, and the versions of its files: one answer brings all, and
    all are of one version.
    """
    folder = posixpath.dirname(name)
    whole = IMPORT.sub(
        lambda named: f"@layer {named[2]} {{\n{whole_sheet(posixpath.join(folder, named[1]))}}}",
        Path(finders.find(name)).read_text(encoding="utf-8"),
    )
    return FILE.sub(lambda named: f'url("{named[1]}?v={_fingerprint(_beside(folder, named[1]))}")', whole)


def _beside(folder, path):
    return posixpath.normpath(posixpath.join(folder, path))


def cache_for_ever(get_response):
    """Middleware: a file asked for by its fingerprint never changes. Words are made ready once, and sent packed.

    While an update is under way, a server may be asked for a version that it does not have: nobody keeps what it has.
    """

    def middleware(request):
        is_asked = request.method in ("GET", "HEAD") and request.path.startswith("/static/")
        if not is_asked or "v" not in request.GET:
            return get_response(request)
        name = request.path.removeprefix("/static/")
        is_it = _exists(name) and _fingerprint(name) == request.GET["v"]
        is_ready = is_it and Path(name).suffix in WORDS and not settings.DEBUG
        response = _answer(request, _made_ready(name)) if is_ready else get_response(request)
        if response.status_code in (200, 304):
            response.headers["Cache-Control"] = FOR_EVER if is_it else "no-cache"
        return response

    return middleware


def _exists(name):
    try:
        return finders.find(name) is not None
    except SuspiciousOperation:
        return False


@cache
def _made_ready(name):
    content = _as_sent(name)
    packed = gzip.compress(content, 9, mtime=0)
    return Sent(mimetypes.guess_type(name)[0], _fingerprint(name), content, packed)


def _as_sent(name):
    if name.endswith(".css"):
        return whole_sheet(name).encode()
    content = Path(finders.find(name)).read_bytes()
    return bare(content.decode()).encode() if name.startswith("js/") else content


def _answer(request, sent):
    takes_packed = "gzip" in request.headers.get("Accept-Encoding", "")
    content = sent.packed if takes_packed else sent.content
    response = HttpResponse(
        content if request.method == "GET" else b"", content_type=f"{sent.kind}; charset=utf-8"
    )
    response.headers["Content-Length"] = len(content)
    if takes_packed:
        response.headers["Content-Encoding"] = "gzip"
    response.headers["ETag"] = etag = f'W/"{sent.version}"'
    patch_vary_headers(response, ["Accept-Encoding"])
    return get_conditional_response(request, etag=etag, response=response)
