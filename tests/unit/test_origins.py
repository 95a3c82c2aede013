"""The address people open: what may be said of it, and where it is known from."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from kanban_board import origins
from operations.start import environment, folder
from operations.start.options import parse
from operations.start.redis_choice import RedisChoice

ROOT = Path(__file__).resolve().parents[2]
NOTHING = ["", " ", ","]


@pytest.mark.parametrize(
    "said",
    [
        "chat.example.org",
        "localhost:8000",
        "https://",
        "https://chat.example.org/chat",
        "https://*.example.org",
    ],
)
def test_what_nobody_can_open_is_refused(said, monkeypatch):
    monkeypatch.setenv("PUBLIC_URL", said)
    monkeypatch.setenv("ALLOWED_ORIGINS", f"https://fine.example.org,{said}")
    for ask, name in ((origins.one, "PUBLIC_URL"), (origins.several, "ALLOWED_ORIGINS")):
        with pytest.raises(ImproperlyConfigured) as caught:
            ask(name)
        assert f"{name} holds {said!r}, which is no origin. Write scheme" in str(caught.value)


def test_a_slash_at_its_end_is_no_path(monkeypatch):
    monkeypatch.setenv("ALLOWED_ORIGINS", "https://chat.example.org/, http://[fd00::1]:8000")
    assert origins.several("ALLOWED_ORIGINS") == ["https://chat.example.org", "http://[fd00::1]:8000"]


@pytest.mark.parametrize("said", NOTHING[:2])
def test_nothing_is_no_origin_and_no_mistake(said, monkeypatch):
    monkeypatch.setenv("PUBLIC_URL", said)
    assert origins.one("PUBLIC_URL") == ""


@pytest.mark.parametrize("said", NOTHING)
def test_the_launcher_says_where_links_lead_when_nobody_did(said, monkeypatch):
    monkeypatch.delenv("PUBLIC_URL", raising=False)
    monkeypatch.setenv("ALLOWED_ORIGINS", said)
    told = environment.environment_for(parse(["--port", "8123"]), RedisChoice("redis://127.0.0.1:6379"))
    assert told["PUBLIC_URL"] == "http://localhost:8123"


def public_url(data, **told):
    told = {"PATH": os.environ["PATH"], "PRIZMAI_DATA": str(data), **told}
    words = "from kanban_board import settings; print(settings.PUBLIC_URL)"
    command = [sys.executable, "-c", words]
    return subprocess.run(
        command, env=told, cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.strip()


def test_links_of_a_command_lead_where_the_launcher_runs_the_server(tmp_path):
    assert public_url(tmp_path) == "http://localhost:8000"
    folder.note(tmp_path, {"url": "http://192.0.2.7:8123"})
    assert public_url(tmp_path) == "http://192.0.2.7:8123"
    assert public_url(tmp_path, ALLOWED_ORIGINS="https://chat.example.org") == "https://chat.example.org"
    assert public_url(tmp_path, PUBLIC_URL="https://chat.example.org") == "https://chat.example.org"
