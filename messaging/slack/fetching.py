"""Fetching a file from Slack with a token: from Slack's own hosts alone, at a public address, and no further."""

import http.client
import socket
import ssl
from urllib.parse import urlsplit

from ..push.guard import public_address

HOST = ".slack.com"
TIMEOUT = 20  # seconds


def fetched(url, token, largest):
    """Its bytes, or None where there is nothing to be had: another host, a redirect, a refusal, or too much."""
    place = urlsplit(url or "")
    if place.scheme != "https" or not (place.hostname or "").endswith(HOST) or place.port not in (None, 443):
        return None
    try:
        line = _line_to(place.hostname)
        try:
            line.request("GET", f"{place.path}?{place.query}", headers={"Authorization": f"Bearer {token}"})
            return _body(line.getresponse(), largest)
        finally:
            line.close()
    except (OSError, http.client.HTTPException):
        return None


def _line_to(host):
    """A connection to the very address that was found to be public."""
    line = http.client.HTTPConnection(host, 443, timeout=TIMEOUT)
    plain = socket.create_connection((public_address(host, 443), 443), TIMEOUT)
    line.sock = ssl.create_default_context().wrap_socket(plain, server_hostname=host)
    return line


def _body(answer, largest):
    """A page in place of a file says that the token does not do."""
    if answer.status != 200 or answer.headers.get_content_type() == "text/html":
        return None
    content = answer.read(largest + 1)
    return content if len(content) <= largest else None
