"""The code that pages run: our modules and styles, and which version of them this is."""

import hashlib
from functools import cache
from pathlib import Path

from django.conf import settings
from django.templatetags.static import static

FOLDER = Path(settings.BASE_DIR) / "static" / "js"


def module_names():
    return sorted(path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*.js"))


def code_version():
    """Ten hex digits, which are others after an update that changed any of it."""
    return _version() if settings.DEBUG else _version_once()


def _version():
    names = ["css/app.css", *(f"js/{name}" for name in module_names())]
    return hashlib.sha256("\n".join(map(static, names)).encode()).hexdigest()[:10]


_version_once = cache(_version)
