"""What is shipped: no secrets, and no version with a known hole."""

import os
import re
from importlib.metadata import version
from pathlib import Path

import pytest
from django.conf import settings

from .attacks import asks

ROOT = Path(__file__).resolve().parents[3]
SECRETS = [
    re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----"),
    re.compile(r"django-insecure-"),
    re.compile(r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b"),
    re.compile(r"\bgh[pousr]_[A-Za-z0-9]{36}\b"),
    re.compile(r"""\b(?:SECRET_KEY|PASSWORD|TOKEN)\s*=\s*["'][^"'$<{]{12,}["']"""),
]
AT_LEAST = {
    "daphne": (4, 2, 2),
    "uvicorn": (0, 52, 1),
    "redis": (4, 5, 5),
    "Django": (5, 2, 15),
    "Pillow": (11, 3),
}


READ = {".py", ".js", ".html", ".sh", ".toml", ".txt", ".env", ".md", ".conf"}
NOT_OURS = {"tests", "node_modules", "var"}


def ours(part):
    """Not made by the machine: virtual environments, caches and repositories begin with a dot."""
    return part not in NOT_OURS and not part.startswith(".")


def shipped():
    """Every file of text that is delivered, but for the tests."""
    found = (path.relative_to(ROOT) for path in ROOT.rglob("*.*") if path.suffix in READ)
    return [ROOT / path for path in found if all(map(ours, path.parts)) and (ROOT / path).is_file()]


KNOWN_TO_ALL = Path("operations/demo/workspace.py")  # the demo's password, which keeps it from others' reach


def test_s79_no_secret_is_shipped():
    files = [path for path in shipped() if path != ROOT / KNOWN_TO_ALL]
    assert len(files) > 100
    assert [
        str(path) for path in files for one in SECRETS if one.search(path.read_text(errors="replace"))
    ] == []


def test_s79_a_secret_would_be_seen():
    assert any(one.search('SECRET_KEY = "hunter2hunter2hunter2"') for one in SECRETS)


def test_s79_the_secret_key_is_its_owners_to_read(tmp_path, monkeypatch):
    from kanban_board import environment

    monkeypatch.delenv("SECRET_KEY", raising=False)
    made = environment.secret("SECRET_KEY", kept_in=tmp_path / "secret_key")
    assert len(made) >= 50 and (tmp_path / "secret_key").stat().st_mode & 0o077 == 0
    assert environment.secret("SECRET_KEY", kept_in=tmp_path / "secret_key") == made


def test_a_key_that_is_there_is_read_on_a_disk_that_takes_nothing(tmp_path, monkeypatch):
    from kanban_board import environment

    monkeypatch.delenv("SECRET_KEY", raising=False)
    kept_in = tmp_path / "secret_key"
    made = environment.secret("SECRET_KEY", kept_in=kept_in)
    fdopen = os.fdopen
    monkeypatch.setattr(
        os, "fdopen", lambda draft, *how, **more: fdopen(os.open("/dev/full", os.O_WRONLY), *how, **more)
    )
    assert environment.secret("SECRET_KEY", kept_in=kept_in) == made
    kept_in.unlink()
    with pytest.raises(OSError, match="No space"):
        environment.secret("SECRET_KEY", kept_in=kept_in)
    assert [*tmp_path.iterdir()] == []


def test_s79_no_page_holds_the_secret(scene):
    for path in (
        "/",
        "/messaging/",
        scene.board.url,
        scene.private.url,
        "/readyz",
        "/metrics",
        "/accounts/login/",
    ):
        assert settings.SECRET_KEY not in asks(scene.ada, "GET", path).content.decode()


def numbers(text):
    return tuple(int(part) for part in re.findall(r"\d+", text)[:3])


@pytest.mark.parametrize("package", AT_LEAST)
def test_s84_what_is_installed_has_no_known_hole(package):
    assert numbers(version(package)) >= AT_LEAST[package]


@pytest.mark.parametrize("package", AT_LEAST)
def test_s84_what_is_pinned_has_no_known_hole(package):
    pinned = re.search(rf"^{package}(?:\[\w+\])?==([\d.]+)", (ROOT / "requirements.txt").read_text(), re.M)
    assert pinned and numbers(pinned[1]) >= AT_LEAST[package]


def test_s84_everything_is_pinned():
    lines = [
        line for line in (ROOT / "requirements.txt").read_text().splitlines() if line and line[0] not in "#-"
    ]
    assert [line for line in lines if "==" not in line] == []


def test_s11_nothing_is_pickled():
    """Who can write to Redis, or to the session table, must not run code here."""
    assert not getattr(settings, "SESSION_SERIALIZER", "json").endswith("PickleSerializer")
    assert settings.CHANNEL_LAYERS["default"]["BACKEND"] == "channels_redis.pubsub.RedisPubSubChannelLayer"
    from kanban_board.celery import app

    assert "pickle" not in app.conf.accept_content and app.conf.task_serializer == "json"
    own = [path for path in shipped() if path.suffix == ".py"]
    assert [
        str(path)
        for path in own
        if re.search(r"^\s*(import|from) (pickle|marshal|shelve)\b", path.read_text(), re.M)
    ] == []
