"""Redis and WebSocket as the launcher and the diagnostic speak them without a package."""

import socket
import threading

import pytest

from kanban_board.environment import celerys_name_for
from operations.redis_by_hand import Address, Redis, Refused
from operations.websocket_by_hand import Closed, NoUpgrade, WebSocket


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("redis://127.0.0.1:6379", "redis://127.0.0.1:6379"),
        ("redis://:hush@cache/3", "redis://cache:6379/3"),
        ("rediss://ada:hush@[::1]:7000", "rediss://[::1]:7000"),
        ("unix:///run/redis.sock", "unix:///run/redis.sock"),
    ],
)
def test_an_address_is_shown_without_its_password(url, shown):
    assert str(Address.parse(url)) == shown


def test_an_address_says_whose_certificates_are_believed():
    assert (
        Address.parse("rediss://cache:7000/3?ssl_ca_certs=/etc/own%20ca.crt").authorities == "/etc/own ca.crt"
    )
    assert Address.parse("rediss://cache:7000/3").authorities is None


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("redis://cache:6379/3", "redis://cache:6379/3"),
        ("unix:///run/redis.sock", "redis+socket:///run/redis.sock"),
        ("rediss://cache", "rediss://cache?ssl_cert_reqs=required"),
        (
            "rediss://cache/3?ssl_ca_certs=ca.crt",
            "rediss://cache/3?ssl_ca_certs=ca.crt&ssl_cert_reqs=required",
        ),
        ("rediss://cache?ssl_cert_reqs=none", "rediss://cache?ssl_cert_reqs=none"),
    ],
)
def test_jobs_believe_no_other_certificate_than_the_line_does(url, name):
    assert celerys_name_for(url) == name


def test_an_address_of_something_else_is_refused():
    with pytest.raises(ValueError):
        Address.parse("http://127.0.0.1:6379")


def answering(words):
    """A socket that answers the first thing it hears with these bytes, and then hangs up."""
    listening = socket.create_server(("127.0.0.1", 0))

    def answer():
        line, _ = listening.accept()
        with line:
            line.recv(65536)
            line.sendall(words)

    threading.Thread(target=answer, daemon=True).start()
    return listening.getsockname()[1]


@pytest.mark.parametrize(
    ("words", "reply"),
    [
        (b"+PONG\r\n", "PONG"),
        (b":12\r\n", 12),
        (b"$-1\r\n", None),
        (b"$7\r\nline\r\n2\r\n", "line\r\n2"),
        (b"*2\r\n$1\r\na\r\n:3\r\n", ["a", 3]),
    ],
)
def test_replies_of_redis_are_understood(words, reply):
    with Redis(f"redis://127.0.0.1:{answering(words)}") as redis:
        assert redis.ask("ANY") == reply


def test_an_error_of_redis_is_raised_with_its_words():
    port = answering(b"-NOAUTH Please.\r\n")
    with Redis(f"redis://127.0.0.1:{port}") as redis, pytest.raises(Refused, match="NOAUTH Please."):
        redis.ask("PING")


def test_a_reply_that_is_cut_short_is_a_lost_connection():
    with Redis(f"redis://127.0.0.1:{answering(b'-NOAUTH')}") as redis, pytest.raises(ConnectionError):
        redis.ask("PING")


UPGRADED = b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n"


def test_a_frame_is_heard():
    with WebSocket(f"http://127.0.0.1:{answering(UPGRADED + bytes([0x81, 2]) + b'{}')}", "/ws/") as line:
        assert line.hear() == {}


def test_a_close_is_raised_with_its_code():
    closing = UPGRADED + bytes([0x88, 2]) + (4401).to_bytes(2, "big")
    with WebSocket(f"http://127.0.0.1:{answering(closing)}", "/ws/") as line, pytest.raises(Closed) as closed:
        line.hear()
    assert closed.value.code == 4401


def test_an_ordinary_answer_is_raised_with_its_status():
    answer = b"HTTP/1.1 404 Not Found\r\nServer: WSGIServer/0.2\r\n\r\n"
    with pytest.raises(NoUpgrade) as refusal:
        WebSocket(f"http://127.0.0.1:{answering(answer)}", "/ws/")
    assert (refusal.value.status, refusal.value.headers["server"]) == (404, "WSGIServer/0.2")
