"""GET requests to servers of others, all of them within one short time."""

import threading
import zlib
from dataclasses import dataclass
from time import monotonic
from urllib.parse import quote, urljoin, urlsplit

from django.conf import settings

from ..outside import Forbidden, connection_to, hang_up, is_public, path_of

LARGEST = 512 * 1024  # bytes of an answer, compressed and decompressed
MOST_REDIRECTS = 3
REDIRECTS = {301, 302, 303, 307, 308}
PORTS = {"http": 80, "https": 443}
UNQUOTED = "%/:=&?~#+!$,;'@()*[]"  # characters of a URL that are left as they are
HEADERS = {"User-Agent": "PrizmAI-Preview", "Accept-Encoding": "gzip", "Connection": "close"}


@dataclass(frozen=True, slots=True)
class Answer:
    url: str  # after all redirects
    content_type: str
    charset: str  # as the server names it; may be empty
    content: bytes  # at most LARGEST + 1; then it is cut off


class Trip:
    """Requests that together take `seconds` at most, whatever a server does, or until `end` is called."""

    def __init__(self, seconds):
        self._until, self._sock, self._is_over = monotonic() + seconds, None, False
        self._lock = threading.Lock()

    @property
    def time_left(self):
        return max(0.0, self._until - monotonic())

    def get(self, url, accept):
        """The Answer, whose type begins with `accept`; otherwise one of outside.FAILURES."""
        for _ in range(MOST_REDIRECTS + 1):
            answer = self._ask(parts_of(url), accept)
            if answer.status not in REDIRECTS:
                return _read(url, answer, accept)
            url = absolute(url, answer.headers.get("Location", ""))
        raise Forbidden("too many redirects")

    def end(self):
        """End the connection. A server that sends a byte a second would otherwise keep its thread for ever."""
        with self._lock:
            self._is_over = True
            self._hang_up()

    def _ask(self, parts, accept):
        if not self.time_left:
            raise TimeoutError
        connection = connection_to(parts, self.time_left, may_go_to(parts))
        with self._lock:
            self._hang_up()
            self._sock = connection.sock
            if self._is_over:
                self._hang_up()
        connection.request("GET", path_of(parts), headers={**HEADERS, "Accept": accept})
        return connection.getresponse()

    def _hang_up(self):
        if self._sock:
            hang_up(self._sock)


def parts_of(url):
    """The split URL; Forbidden unless it is http or https, at its usual port, and without a user name."""
    parts = urlsplit(url)
    is_usual = parts.port in (None, PORTS.get(parts.scheme)) or parts.netloc in settings.PREVIEWED_FOR_TESTS
    if parts.scheme not in PORTS or not parts.hostname or not is_usual or "@" in parts.netloc:
        raise Forbidden(f"{url[:80]} is no public page")
    return parts


def may_go_to(parts):
    """A function that says of each ipaddress of the host whether a trip may go there."""
    return (lambda address: True) if parts.netloc in settings.PREVIEWED_FOR_TESTS else is_public


def absolute(url, relative):
    """The absolute URL, quoted, of a `relative` one that stands in the page at `url`."""
    return quote(urljoin(url, relative.strip()), safe=UNQUOTED)


def _read(url, answer, accept):
    content_type = answer.headers.get_content_type()
    if answer.status != 200 or not content_type.startswith(accept):
        raise Forbidden(f"{url[:80]} answers {answer.status} {content_type}")
    content = _decompressed(answer.read(LARGEST + 1), answer.headers.get("Content-Encoding", "identity"))
    return Answer(url, content_type, answer.headers.get_content_charset(""), content)


def _decompressed(content, encoding):
    """At most LARGEST + 1 bytes. Content that is cut off is decompressed as far as it goes."""
    match encoding.strip().lower():
        case "identity" | "":
            return content
        case "gzip" | "x-gzip":
            try:
                return zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(content, LARGEST + 1)
            except zlib.error as error:
                raise ValueError("not packed as it says") from error
    raise ValueError(f"packed as {encoding[:20]}")
