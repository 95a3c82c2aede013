"""What all unit tests share, to be quick.

Passwords are hashed by a fast algorithm. The middleware is built once per test for all its browsers. WhiteNoise looks
at all static files when it is built, so it does that once for all tests.
"""

import pytest
from django.core.cache import cache
from django.core.signals import setting_changed
from django.test.client import ClientHandler
from whitenoise.middleware import WhiteNoiseMiddleware

from boards.limits import NAMINGS
from live.rate import POSTS
from live.sockets.stream_consumer import RESUMES
from messaging.limits import HOOKS, LOOKUPS, SEARCHES

from .cast import ada, bob, eve, gus, vera, with_board  # noqa: F401  fixtures

_built = {}  # the middleware that the first browser's handler loaded, until a setting changes
_files = {}  # the files that WhiteNoise found, until their folders change
_look_at_files = WhiteNoiseMiddleware.add_files_from_finders
_load_middleware = ClientHandler.load_middleware


@pytest.fixture(autouse=True)
def quick_passwords(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def nobody_has_done_anything_yet():
    """Empty the caches and rate limits: they go by the ids of people, which are other people's in the next test."""
    cache.clear()
    for buckets in (POSTS, RESUMES, SEARCHES, LOOKUPS, HOOKS, NAMINGS):
        buckets.clear()


@pytest.fixture(autouse=True)
def middleware_built_once(quick_passwords, monkeypatch):
    def load(handler, is_async=False):
        if not _built:
            _load_middleware(handler, is_async)
            _built.update({name: getattr(handler, name) for name in vars(handler) if "middleware" in name})
        vars(handler).update(_built)

    _built.clear()
    monkeypatch.setattr(ClientHandler, "load_middleware", load)
    monkeypatch.setattr(WhiteNoiseMiddleware, "add_files_from_finders", _add_files)


def _add_files(middleware):
    if not _files:
        _look_at_files(middleware)
        _files.update(middleware.files)
    middleware.files.update(_files)


@setting_changed.connect
def built_for_other_settings(setting, **changed):
    _built.clear()
    if setting.startswith("STATIC"):
        _files.clear()
