"""The cast as attackers find them. Ada owns the board, Bob works on it, Vera looks on, Gus is a guest of its open room,
Otto talks in a room of another board, Rex was removed, Eve is never in it."""

import pytest

from accounts.single_sign_on.configured import SignOn

from ..copied import copied
from ..messaging.conftest import (  # noqa: F401  fixtures
    board,
    hangar,
    nobody_has_posted_yet,
    person,
    rex,
    say,
)
from .whole_scene import a_picture, set_scene  # noqa: F401  pictures are for others too


@pytest.fixture(autouse=True)
def single_sign_on(settings):
    """Configured, with an issuer that does not answer."""
    settings.OIDC = SignOn(issuer="http://127.0.0.1:9", client_id="prizmai", client_secret="secret")


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    """Uploads go where the tests may write; passwords are hashed quickly."""
    stored = {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": tmp_path / "media"},
    }
    settings.STORAGES = {**settings.STORAGES, "default": stored}
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def otto(db):
    return person("otto")


@pytest.fixture
def scene(db, own_folder):
    """A scene with something of each kind behind every kind of view: made once, and copied for other tests."""
    return copied(set_scene)
