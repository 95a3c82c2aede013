"""What all units share: what is only slow outside of a test is done quickly, or once.

Passwords are hashed quickly, for there are many people and no thieves here. The middleware is built once in a test for
all its browsers, not once for each. WhiteNoise looks at every static file when it is built, for all tests once.
"""

import pytest
from django.core.cache import cache
from django.core.signals import setting_changed
from django.test.client import ClientHandler
from whitenoise.middleware import WhiteNoiseMiddleware

from boards.limits import _naming_bucket
from live import rate
from messaging import limits

from .cast import ada, bob, eve, gus, vera, with_board  # noqa: F401  fixtures

_built = {}  # what the first browser's handler has loaded, while no setting changes
_files = {}  # as WhiteNoise has seen them, while they lie in the same folders
_look_at_files = WhiteNoiseMiddleware.add_files_from_finders
_load_middleware = ClientHandler.load_middleware


@pytest.fixture(autouse=True)
def quick_passwords(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def nobody_has_done_anything_yet():
    """What counts tries, and rests, by the ids of people: in the next test they are other people's."""
    cache.clear()
    for bucket in (rate._own_bucket, limits._searching_bucket, limits._bucket_of_hook, _naming_bucket):
        bucket.cache_clear()


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
