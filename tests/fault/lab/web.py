"""A web process, started as the guide or an administrator would start it."""

import http.client
import sys

from .part import Part, free_port

DAPHNE, UVICORN = "daphne", "uvicorn"
APPLICATION = "kanban_board.asgi:application"


class Web(Part):
    def __init__(self, kind, *, env, folder, port=None, more_env=None):
        self.kind, self.port = kind, port or free_port()
        name = f"{kind}-{self.port}"
        super().__init__(
            name,
            [sys.executable, "-m", *_words(kind, self.port), APPLICATION],
            env={**env, **(more_env or {})},
            log=folder / f"{name}.log",
            answers=self._answers,
        )

    @property
    def address(self):
        return f"127.0.0.1:{self.port}"

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
    from live.servers import UVICORN_ARGUMENTS

    return ["uvicorn", "--host", "127.0.0.1", "--port", port, *UVICORN_ARGUMENTS]
