"""Programs that use the API with an access token of one of the cast."""

import json

import pytest
from django.test import Client

from accounts.actions import make_token
from accounts.scopes import SCOPES

from ..messaging.conftest import (  # noqa: F401  fixtures
    board,
    cockpit,
    direct,
    engine,
    hangar,
    nobody_has_posted_yet,
    rex,
    say,
)


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    stored = {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": tmp_path / "media"},
    }
    settings.STORAGES = {**settings.STORAGES, "default": stored}


class Program:
    """A program with a token of this person, by default with every scope. It sends a body as JSON, or a file."""

    accepts = ""  # languages

    def __init__(self, person, scopes=SCOPES):
        self.person, self._client = person, Client(raise_request_exception=False)
        _, self.secret = make_token(by=person, name="Bot", scopes=scopes)

    def asks(self, method, path, body=None, **query):
        headers = {"Authorization": f"Bearer {self.secret}", "Accept-Language": self.accepts}
        if hasattr(body, "read"):
            return self._client.post(f"/api/v1/{path}", {"file": body, **query}, headers=headers)
        text = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
        how = {"content_type": "application/json", "headers": headers, "query_params": query}
        return self._client.generic(method, f"/api/v1/{path}", text, **how)

    def gets(self, path, **query):
        return self._told(self.asks("GET", path, **query))

    def does(self, method, path, body=None, **query):
        return self._told(self.asks(method, path, body, **query))

    def refused(self, method, path, body=None, **query):
        """(status, code) of a refusal; its sentence and its fields are checked too."""
        answer = self.asks(method, path, body, **query)
        told = answer.json()
        assert told["detail"].endswith((".", "?")) or ": " in told["detail"], told
        assert set(told) >= {"code", "detail", "temporary"}
        return answer.status_code, told["code"]

    def _told(self, answer):
        assert answer.status_code in (200, 201), (answer.status_code, answer.content)
        return answer.json()


@pytest.fixture
def bot(bob):
    return Program(bob)
