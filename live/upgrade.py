"""uvicorn's HTTP protocol with a short way to a line.

By the usual way a handshake is read twice: as a request, and, once that is seen to ask for a WebSocket, by the protocol
of those. So the first request of a connection goes there at once if it comes whole and is plainly one.
Whatever else comes keeps to the usual way, and what is checked of a handshake stays the library's.
"""

import re
from typing import NamedTuple

from .servers.request_timeouts.uvicorn import Impatient

LONGEST = 16_384  # bytes, as h11 has it
# RFC 9112, sections 3 and 5, without what may be but never is: whatever does not match is left to h11.
REQUEST = re.compile(
    rb"GET (/[!-~]*) HTTP/1\.1\r\n((?:[-!#$%&'*+.^_`|~\w]+:[\t -~\x80-\xff]*\r\n)+)\r\n", re.ASCII
)


class Asked(NamedTuple):
    target: bytes
    headers: list  # of (name in small letters, value)
    method: bytes = b"GET"


class Http(Impatient):
    has_begun = False

    def data_received(self, data):
        asked = None if self.has_begun else plainly_asked(data)
        self.has_begun = True
        if asked is None or not self._is_for_a_line(asked):
            super().data_received(data)
        else:
            self.handle_websocket_upgrade(asked)

    def _is_for_a_line(self, asked):
        self.headers = asked.headers
        return self._get_upgrade() == b"websocket" and self._should_upgrade_to_ws()


def plainly_asked(data):
    """What a whole request asks for, None if it is of another form."""
    form = REQUEST.fullmatch(data) if len(data) <= LONGEST else None
    if form is None:
        return None
    headers = []
    for line in form[2].split(b"\r\n")[:-1]:
        name, _, value = line.partition(b":")
        headers.append((name.lower(), value.strip(b" \t")))
    hosts = sum(name == b"host" for name, _ in headers)
    return Asked(form[1], headers) if hosts == 1 else None
