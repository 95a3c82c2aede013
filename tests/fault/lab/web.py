"""A web process, started as the guide or an administrator would start it."""

import http.client
import json
import re
import sys
from urllib.parse import urlencode

from .part import Part, free_port

CSRF = re.compile("csrftoken=([^;]+)")

DAPHNE, UVICORN = "daphne", "uvicorn"
APPLICATION = "kanban_board.asgi:application"


class Web(Part):
    def __init__(self, kind, *, env, folder, port=None, more_env=None, words=(), application=APPLICATION):
        self.kind, self.port = kind, port or free_port()
        name = f"{kind}-{self.port}"
        super().__init__(
            name,
            [sys.executable, "-m", *_words(kind, self.port), *words, application],
            env={**env, **(more_env or {})},
            log=folder / f"{name}.log",
            answers=self._answers,
        )

    @property
    def address(self):
        return f"127.0.0.1:{self.port}"

    def tells(self):
        """What /readyz says."""
        return json.loads(self.page("/readyz")[1])

    def page(self, path, **headers):
        """(status, text)"""
        door = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            door.request("GET", path, headers=headers)
            answer = door.getresponse()
            if found := CSRF.search(answer.headers.get("Set-Cookie", "")):
                self._csrf = found[1]
            return answer.status, answer.read().decode()
        finally:
            door.close()

    def posts(self, path, fields, cookie):
        """The status of what answers a form."""
        door = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        token = fields.get("csrfmiddlewaretoken", "")
        headers = {
            "Cookie": f"sessionid={cookie}; csrftoken={self._csrf}" if token else f"sessionid={cookie}",
            "Content-Type": "application/x-www-form-urlencoded",
            "Origin": f"http://{self.address}",
        }
        try:
            door.request("POST", path, urlencode(fields), headers)
            return door.getresponse().status
        finally:
            door.close()

    def _answers(self):
        try:
            door = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
            door.request("GET", "/static/")
            door.getresponse().read()
            door.close()
        except (OSError, http.client.HTTPException):
            return False
        return True


def _words(kind, port):
    if kind == DAPHNE:
        return ["daphne", "-b", "127.0.0.1", "-p", port]
    from live.servers.starting import UVICORN_ARGUMENTS

    return ["uvicorn", "--host", "127.0.0.1", "--port", port, *UVICORN_ARGUMENTS]
