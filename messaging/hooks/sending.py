"""One request of an outgoing webhook. The other server has few seconds, and only a short answer is read."""

import json
import threading
from dataclasses import dataclass
from time import monotonic
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError

from accounts.names import one_line

from ..outside import FAILURES, connection_to, hang_up, path_of
from .places import check_url, may_go_to

TIME = 3.0  # seconds for the whole request
LARGEST = 64 * 1024  # bytes of an answer


@dataclass(frozen=True, kw_only=True, slots=True)
class Outcome:
    status: int | None = None
    error: str = ""  # empty if the server accepted it
    took: int = 0  # milliseconds
    reply: str = ""  # the text that it answered, if any


class Sending(threading.Thread):
    """A request that starts at once, in a thread. `outcome()` waits for it until TIME after the start."""

    def __init__(self, url, body, headers):
        super().__init__(daemon=True)
        self._url, self._asked = url, (body, headers)
        self._sock, self._outcome, self._is_over = None, None, False
        self._began = monotonic()
        self.start()

    def outcome(self):
        self.join(max(0, self._began + TIME - monotonic()))
        outcome, self._is_over = self._outcome, True
        self._hang_up()
        return outcome or Outcome(error=f"There was no answer within {TIME:.0f} seconds.", took=self._took())

    def run(self):
        try:
            self._outcome = self._ask()
        except ValidationError as refusal:
            self._outcome = Outcome(error=" ".join(refusal.messages), took=self._took())
        except FAILURES as failure:
            # The error may quote a malformed answer, with characters that the database cannot store.
            said = one_line(str(failure)) or type(failure).__name__
            self._outcome = Outcome(error=f"No answer: {said}"[:200], took=self._took())
        finally:
            self._hang_up()

    def _ask(self):
        parts = urlsplit(check_url(self._url))
        connection = connection_to(parts, TIME, may_go_to(parts))
        self._sock = connection.sock
        if self._is_over:  # looking up the name took too long, and the outcome says that nothing was sent
            raise TimeoutError
        body, headers = self._asked
        connection.request("POST", path_of(parts), body, headers)
        answer = connection.getresponse()
        said = answer.read(LARGEST + 1)
        taken = 200 <= answer.status < 300
        return Outcome(
            status=answer.status,
            error="" if taken else _refused(answer.status),
            took=self._took(),
            reply=_reply(said) if taken else "",
        )

    def _hang_up(self):
        """End the connection. A server that sends a byte a second would otherwise keep its thread for ever."""
        if self._sock:
            hang_up(self._sock)

    def _took(self):
        return round((monotonic() - self._began) * 1000)


def _refused(status):
    return f"The answer was {status}" + (": redirects are not followed." if 300 <= status < 400 else ".")


def _reply(said):
    """The text of a JSON answer {"text": ...}, or ""."""
    if len(said) > LARGEST:
        return ""
    try:
        told = json.loads(said)
    except (ValueError, RecursionError):
        return ""
    text = told.get("text") if isinstance(told, dict) else None
    return text if isinstance(text, str) else ""
