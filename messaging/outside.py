"""The one way out to the servers of others: to addresses that were looked at, and to no other."""

import http.client
import ipaddress
import socket
import ssl
from contextlib import suppress
from functools import cache

# All that a connection to somebody else's server may raise.
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
    """An address of this host: connect to it, and do not look the name up again, for it may lead elsewhere by then.

    `may_go` says of each ipaddress.IPv4Address or IPv6Address whether one may connect to it. Forbidden unless it allows
    all of them; OSError when the name cannot be looked up.
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = [entry[4][0] for entry in found]
    if not addresses or not all(may_go(ipaddress.ip_address(one.partition("%")[0])) for one in addresses):
        raise Forbidden(f"{host} is not on the public network")
    return addresses[0]


def connection_to(parts, timeout, may_go=is_public):
    """An open HTTPConnection to the host of a split URL; `timeout` is in seconds, for each step. Raises FAILURES."""
    is_secure = parts.scheme == "https"
    port = parts.port or (443 if is_secure else 80)
    connection = http.client.HTTPConnection(parts.hostname, port, timeout=timeout)
    connection.auto_open = 0  # by itself it would connect again once it is closed: by name, and in the clear
    connection.default_port = 443 if is_secure else 80  # which the other side need not be told
    connection.sock = socket.create_connection((address_of(parts.hostname, port, may_go), port), timeout)
    if is_secure:
        connection.sock = _tls().wrap_socket(connection.sock, server_hostname=parts.hostname)
    return connection


def hang_up(sock):
    """End a connection, from any thread: whoever reads from it or writes to it stops waiting.

    Keep the socket for that: an HTTPConnection lets go of its own as soon as the answer is to be the last.
    """
    with suppress(OSError):
        sock.shutdown(socket.SHUT_RDWR)
    sock.close()


def path_of(parts):
    """What a request line names: the path and the query of a split URL."""
    return f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"


@cache
def _tls():
    return ssl.create_default_context()
