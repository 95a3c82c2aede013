"""Ports of this machine: a free one for Redis, and the one asked for the web server, which must not be taken."""

import errno
import os
import socket

from operations.websocket_by_hand import ask_http

from .readiness import is_ours
from .sorry import Sorry

HERE = {"0.0.0.0": "127.0.0.1", "": "127.0.0.1", "::": "::1", "localhost": "127.0.0.1"}


def free_port():
    """A port of the loopback address that nobody listens on now."""
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return trial.getsockname()[1]


def own_address():
    """Where others of the network reach this machine, or "localhost" when it is in none. Nothing is sent for it."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as line:
        try:
            line.connect(
                ("192.0.2.1", 9)
            )  # of the documentation's network (RFC 5737): the way leads outwards
            return line.getsockname()[0]
        except OSError:
            return "localhost"


def reached_at(host, port):
    """Where this machine itself reaches who listens there."""
    host = HERE.get(host, host)
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def listen(host, port):
    """A listening socket at host and port; raises Sorry, with the reason, when that cannot be."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    try:
        if os.name == "nt":  # there SO_REUSEADDR would let two programs share the port
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        else:
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host, port))
        listening.listen(2048)
    except OSError as error:
        listening.close()
        raise _sorry(host, port, error) from error
    return listening


def check_free(host, port):
    listen(host, port).close()


def _sorry(host, port, error):
    if error.errno == errno.EADDRINUSE:
        return _taken(host, port)
    if error.errno == errno.EACCES and port > 1023:  # Windows keeps whole ranges for itself
        return Sorry(
            f"The system does not let anybody listen on port {port}.",
            f"Choose another: --port {port + 1000 if port < 64536 else 8000}. "
            "Windows lists those that it keeps by: netsh int ipv4 show excludedportrange tcp",
        )
    if error.errno == errno.EACCES:
        return Sorry(
            f"This user may not listen on port {port}.", "Choose a port above 1023, for example --port 8000."
        )
    return Sorry(
        f"{host} is not an address of this machine ({error.strerror or error}).",
        "Use --host 127.0.0.1 for this machine only, or --host 0.0.0.0 for everyone who can reach it.",
    )


def _taken(host, port):
    other = "PrizmAI Messaging" if _is_ours(host, port) else "program"
    return Sorry(
        f"Port {port} on {host} is taken by another {other}{_owner(port)}.",
        f"Stop that one, or choose another port for this one: --port {port + 1 if port < 65535 else 8001}.",
    )


def _is_ours(host, port):
    try:
        status, _, body = ask_http(reached_at(host, port), "/healthz", timeout=1)
    except (OSError, ValueError):
        return False
    return is_ours(status, body)


def _owner(port):
    """ " (python, process 123)" as far as this user may know."""
    import psutil

    try:
        for connection in psutil.net_connections("tcp"):
            if (
                connection.laddr
                and connection.laddr.port == port
                and connection.status == "LISTEN"
                and connection.pid
            ):
                return f" ({psutil.Process(connection.pid).name()}, process {connection.pid})"
    except (psutil.Error, OSError):
        pass
    return ""
