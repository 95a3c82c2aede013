"""The one way out to the servers of others: to addresses that were looked at, and to no other."""

import http.client
import ipaddress
import socket
import ssl
from contextlib import suppress
from functools import cache

# All that a line to somebody else's server may raise.
FAILURES = OSError, http.client.HTTPException, ValueError


class Forbidden(OSError):
    """The name leads to no address where one may go."""


UNICAST = ipaddress.ip_network("2000::/3")  # RFC 4291: nothing else of IPv6 is handed out to the internet
TRANSLATED = ipaddress.ip_network("64:ff9b::/96")  # RFC 6052: by NAT64, to the IPv4 address at its end


def is_public(address):
    """Whether this ipaddress is one of the internet, and of no network inside."""
    if address.version == 6 and (inner := _ipv4_in(address)):
        address = inner
    is_handed_out = address.version == 4 or address in UNICAST
    return is_handed_out and address.is_global and not (address.is_multicast or address.is_reserved)


def _ipv4_in(address):
    """Where an IPv6 address really leads, if that is an IPv4 address that it holds."""
    if address in TRANSLATED:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour


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
    line.auto_open = 0  # by itself it would connect again once it is closed: by name, and in the clear
    line.default_port = 443 if is_secure else 80  # which the other side need not be told
    line.sock = socket.create_connection((address_of(place.hostname, port, may_go), port), timeout)
    if is_secure:
        line.sock = _tls().wrap_socket(line.sock, server_hostname=place.hostname)
    return line


def hang_up(sock):
    """End a line from whatever thread: who reads from it, or writes, is not kept any longer.

    Keep the socket for that: an HTTPConnection lets go of its own as soon as the answer is to be the last.
    """
    with suppress(OSError):
        sock.shutdown(socket.SHUT_RDWR)
    sock.close()


def path_of(place):
    """What is asked for at the server of a split URL."""
    return f"{place.path or '/'}?{place.query}" if place.query else place.path or "/"


@cache
def _tls():
    return ssl.create_default_context()
