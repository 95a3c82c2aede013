"""Assistants of the cast: each speaks the protocol with a token of its person."""

import json

import pytest
from django.test import Client

from accounts.actions import make_token
from accounts.scopes import SCOPES

from ..api.conftest import (  # noqa: F401  fixtures
    board,
    cockpit,
    direct,
    engine,
    hangar,
    nobody_has_posted_yet,
    own_folder,
    rex,
    say,
)

VERSION = "2025-06-18"


class Assistant:
    """Sends messages of the protocol, one in each POST."""

    def __init__(self, person, scopes=SCOPES):
        self.person, self._client = person, Client(raise_request_exception=False)
        _, self.secret = make_token(by=person, name="Assistant", scopes=scopes)

    def posts(self, message, *, at="/mcp", **headers):
        """The HTTP answer; a message that is no text is sent as JSON."""
        body = message if isinstance(message, bytes) else json.dumps(message).encode()
        told = {"Authorization": f"Bearer {self.secret}", "MCP-Protocol-Version": VERSION, **headers}
        return self._client.post(at, body, "application/json", headers=told)

    def asks(self, method, **params):
        """The result."""
        answer = self.posts({"jsonrpc": "2.0", "id": 7, "method": method, "params": params})
        told = answer.json()
        assert (answer.status_code, told["jsonrpc"], told["id"]) == (200, "2.0", 7), told
        return told["result"]

    def uses(self, tool, **arguments):
        """What the tool answers; both of its contents say the same."""
        result = self.asks("tools/call", name=tool, arguments=arguments)
        assert not result["isError"], result
        (text,) = result["content"]
        assert text["type"] == "text" and json.loads(text["text"]) == result["structuredContent"]
        return result["structuredContent"]

    def fails(self, tool, **arguments):
        """The sentence in which the tool says why."""
        result = self.asks("tools/call", name=tool, arguments=arguments)
        assert result.keys() == {"content", "isError"} and result["isError"], result
        (text,) = result["content"]
        return text["text"]

    def tools(self):
        return {tool["name"]: tool for tool in self.asks("tools/list")["tools"]}


@pytest.fixture
def assistant(bob):
    return Assistant(bob)
