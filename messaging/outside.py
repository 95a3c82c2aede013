"""The one way out to the servers of others: to addresses that were looked at, and to no other."""

import http.client
import ipaddress
import socket
import ssl
from functools import cache

FAILURES = (
    OSError,
    http.client.HTTPException,
    ValueError,
)  # all that a line to somebody else's server may raise


class Forbidden(OSError):
    """The name leads to no address where one may go."""


def is_public(address):
    """Whether this ipaddress is one of the internet, and of no network inside."""
    inner = getattr(address, "ipv4_mapped", None) or address
    return inner.is_global and not inner.is_multicast


def address_of(host, port, may_go=is_public):
    """One address the name has now. Whoever connects uses it, and does not ask for the name again."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = [entry[4][0] for entry in found]
    if not addresses or not all(may_go(ipaddress.ip_address(one.partition("%")[0])) for one in addresses):
        raise Forbidden(f"{host} is not on the public network")
    return addresses[0]


def line_to(place, timeout, may_go=is_public):
    """A connection to where a split URL leads; `timeout` are seconds for any one step."""
    is_secure = place.scheme == "https"
    port = place.port or (443 if is_secure else 80)
    line = http.client.HTTPConnection(place.hostname, port, timeout=timeout)
    line.default_port = 443 if is_secure else 80  # which the other side need not be told
    line.sock = socket.create_connection((address_of(place.hostname, port, may_go), port), timeout)
    if is_secure:
        line.sock = _tls().wrap_socket(line.sock, server_hostname=place.hostname)
    return line


def path_of(place):
    """What is asked for at the server of a split URL."""
    return f"{place.path or '/'}?{place.query}" if place.query else place.path or "/"


@cache
def _tls():
    return ssl.create_default_context()
