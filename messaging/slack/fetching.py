"""Fetching a file from Slack with a token: from Slack's own hosts alone, at a public address, and no further."""

from urllib.parse import urlsplit

from ..outside import FAILURES, line_to, path_of

HOST = ".slack.com"
TIMEOUT = 20  # seconds


def fetched(url, token, largest):
    """Its bytes, or None where there is nothing to be had: another host, a redirect, a refusal, or too much."""
    place = urlsplit(url or "")
    if place.scheme != "https" or not (place.hostname or "").endswith(HOST) or place.port not in (None, 443):
        return None
    try:
        line = line_to(place, TIMEOUT)
        try:
            line.request("GET", path_of(place), headers={"Authorization": f"Bearer {token}"})
            return _body(line.getresponse(), largest)
        finally:
            line.close()
    except FAILURES:
        return None


def _body(answer, largest):
    """A page in place of a file says that the token does not do."""
    if answer.status != 200 or answer.headers.get_content_type() == "text/html":
        return None
    content = answer.read(largest + 1)
    return content if len(content) <= largest else None
