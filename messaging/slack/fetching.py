"""Fetching a file from Slack with a token: only from Slack's own hosts, and without following redirects."""

from time import sleep
from urllib.parse import urlsplit

from ..outside import FAILURES, connection_to, path_of

HOST = ".slack.com"
TIMEOUT = 20  # seconds
PAUSES = (1, 5, 20)  # seconds before each further try, if Slack does not say how long to wait
LONGEST_PAUSE = 120  # seconds; if Slack wants a longer one, the file is left out


class Later(Exception):
    """Slack asks to try again, after so many `seconds`; None if it does not say."""

    def __init__(self, seconds):
        super().__init__(seconds)
        self.seconds = seconds


def fetched(url, token, largest):
    """The bytes of the file; None for another host, a redirect, a refusal, or more than `largest` bytes."""
    parts = urlsplit(url or "")
    if parts.scheme != "https" or not (parts.hostname or "").endswith(HOST) or parts.port not in (None, 443):
        return None
    for pause in (*PAUSES, None):
        try:
            return _get(parts, token, largest)
        except Later as later:
            seconds = later.seconds or pause
        except FAILURES:
            return None
        if pause is None or seconds > LONGEST_PAUSE:
            return None
        sleep(seconds)


def _get(parts, token, largest):
    connection = connection_to(parts, TIMEOUT)
    try:
        connection.request("GET", path_of(parts), headers={"Authorization": f"Bearer {token}"})
        return _body(connection.getresponse(), largest)
    finally:
        connection.close()


def _body(answer, largest):
    """The bytes of the answer, or None. HTML instead of a file means that the token is not accepted."""
    if answer.status == 429 or answer.status >= 500:
        said = answer.headers.get("Retry-After", "")
        raise Later(int(said) if said.isdigit() else None)
    if answer.status != 200 or answer.headers.get_content_type() == "text/html":
        return None
    content = answer.read(largest + 1)
    return content if len(content) <= largest else None
