"""Redis and WebSocket as the launcher and the diagnostic speak them without a package."""

import socket
import threading

import pytest

from operations.redis_address import place_of
from operations.redis_by_hand import Redis, Refused, primary_of
from operations.websocket_by_hand import Closed, NoUpgrade, WebSocket, ask_http


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


NAMED = b"*2\r\n$8\r\n10.0.0.1\r\n$4\r\n7000\r\n"
UNKNOWN = b"*-1\r\n"
NOT_LET_IN = b"-NOAUTH Authentication required.\r\n"


def watched_by(*answers):
    """Sentinels of which the first is down, and the others answer so."""
    ports = [1, *map(answering, answers)]
    return place_of(f"redis+sentinel://:hush@{','.join(f'127.0.0.1:{port}' for port in ports)}/chat/3")


def test_the_first_sentinel_that_knows_names_the_primary():
    primary = primary_of(watched_by(UNKNOWN, NOT_LET_IN, NAMED), timeout=1)
    assert str(primary) == "redis://10.0.0.1:7000/3" and primary.password == "hush"


def test_when_none_knows_it_is_told_what_each_said():
    with pytest.raises(OSError, match="refused.*knows no chat.*NOAUTH"):
        primary_of(watched_by(UNKNOWN, NOT_LET_IN), timeout=1)


def test_one_server_is_its_own_primary():
    place = place_of("redis://cache")
    assert primary_of(place, timeout=1) is place


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


@pytest.mark.parametrize(
    "body",
    [
        b"Content-Length: 5\r\n\r\nhello",
        b"Transfer-Encoding: chunked\r\n\r\n2;x=y\r\nhe\r\n3\r\nllo\r\n0\r\n\r\n",
        b"Connection: close\r\n\r\nhello",
    ],
    ids=["of a length", "in chunks", "to the end"],
)
def test_an_answer_is_read_however_a_proxy_sends_it(body):
    port = answering(b"HTTP/1.1 200 OK\r\n" + body)
    assert ask_http(f"http://127.0.0.1:{port}", "/")[::2] == (200, b"hello")


def test_chunks_without_a_size_are_of_no_web_server():
    port = answering(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nhello")
    with pytest.raises(ConnectionError):
        ask_http(f"http://127.0.0.1:{port}", "/")
