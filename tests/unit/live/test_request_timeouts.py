"""Who says half a request is hung up on, by either server, and nobody else is."""

from unittest.mock import Mock

import h11
import pytest
from twisted.internet.task import Clock
from twisted.internet.testing import StringTransport
from twisted.web.http import HTTPFactory, Request
from uvicorn import Config
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.server import ServerState

from live.protocol import Protocol
from live.servers.request_timeouts import BODY, HEAD
from live.servers.request_timeouts.daphne import limit_requests_of
from live.upgrade import Http

GET = b"GET / HTTP/1.1\r\nHost: here\r\n\r\n"
POST = b"POST / HTTP/1.1\r\nHost: here\r\nContent-Length: 9\r\n\r\n"
LINE = (
    b"GET /ws/inbox/ HTTP/1.1\r\nHost: here\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
)


class OfDaphne:
    def __init__(self):
        self.clock, asked = Clock(), []

        class Asked(Request):
            def process(self):
                asked.append(self)

        factory = HTTPFactory(reactor=self.clock)
        limit_requests_of(factory)
        self.asked, self._channel, self._transport = asked, factory.buildProtocol(None), StringTransport()
        self._channel.requestFactory = Asked
        self._channel.makeConnection(self._transport)

    def says(self, data):
        self._channel.dataReceived(data)

    def is_answered(self):
        self.asked[-1].finish()

    @property
    def is_open(self):
        return not self._transport.disconnecting


class OfUvicorn:
    def __init__(self):
        self.clock, self.asked = Clock(), []
        config = Config(Mock(), ws=Protocol, lifespan="off", log_config=None)
        config.load()
        config.timeout_keep_alive = HEAD
        loop = Mock(call_later=self.call_later, create_task=self.create_task)
        addresses = {"sockname": ("127.0.0.1", 8000), "peername": ("127.0.0.1", 5)}
        self._transport = Mock(**{"is_closing.return_value": False})
        self._transport.get_extra_info = lambda name, default=None: addresses.get(name, default)
        self.protocol = Http(config, ServerState(), {}, _loop=loop)
        self.protocol.connection_made(self._transport)

    def call_later(self, seconds, what):
        later = self.clock.callLater(seconds, what)
        return Mock(cancel=lambda: later.active() and later.cancel())

    def create_task(self, coroutine):
        coroutine.close()
        self.asked.append(self.protocol.cycle)
        return Mock()

    def says(self, data):
        self.protocol.data_received(data)

    def is_answered(self):
        self.protocol.conn.send(h11.Response(status_code=204, headers=[]))
        self.protocol.conn.send(h11.EndOfMessage())
        self.asked[-1].response_complete = True
        self.protocol.on_response_complete()

    @property
    def is_open(self):
        return not (self._transport.abort.called or self._transport.close.called)


@pytest.fixture(params=[OfDaphne, OfUvicorn])
def connection(request):
    return request.param()


def passes(connection, seconds):
    """Whether it is open then."""
    connection.clock.advance(seconds)
    return connection.is_open


@pytest.mark.parametrize("said", [[], [b"GET / HT"], [GET[:-2]], [LINE[:-1]], [POST[:-2]]])
def test_a_head_is_waited_for(connection, said):
    for part in said:
        connection.says(part)
    assert passes(connection, HEAD - 0.1)
    assert not passes(connection, 0.2)


def test_a_byte_now_and_then_gains_no_time(connection):
    for byte in range(4):
        connection.says(GET[byte : byte + 1])
        assert passes(connection, HEAD / 4 - 0.1)
    connection.says(GET[4:5])
    assert not passes(connection, 0.5)


def test_an_answer_may_take_its_time(connection):
    connection.says(GET)
    assert len(connection.asked) == 1 and passes(connection, 10 * BODY)


def test_a_body_may_come_in_pieces(connection):
    connection.says(POST)
    for _ in range(3):
        assert passes(connection, BODY - 0.1)
        connection.says(b"xxx")
    assert passes(connection, 10 * BODY) and connection.is_open


def test_a_body_that_stops_is_hung_up_on(connection):
    connection.says(POST + b"xxx")
    assert not passes(connection, BODY + 0.1)


def test_a_handshake_with_a_body_is_not_waited_for():
    connection = OfDaphne()
    connection.says(LINE[:-2] + b"Content-Length: 5\r\n\r\nxxxxx")
    assert not connection.is_open and not connection.asked


@pytest.mark.parametrize("first", [GET, POST + b"x" * 9])
def test_after_an_answer_the_next_head_is_waited_for_as_long(connection, first):
    connection.says(first)
    connection.clock.advance(10 * BODY)
    connection.is_answered()
    connection.says(GET[:9])
    assert passes(connection, HEAD - 0.1)
    assert not passes(connection, 0.2)


def test_a_body_that_we_do_not_take_yet_is_not_held_against_anybody():
    connection = OfUvicorn()
    connection.says(POST + b"xxx")
    connection.protocol.flow.pause_reading()
    assert passes(connection, 10 * BODY)
    connection.protocol.flow.resume_reading()
    assert not passes(connection, BODY)


@pytest.mark.parametrize("parts", [[LINE], [LINE[:30], LINE[30:]]], ids=["whole", "in pieces"])
def test_of_a_line_nothing_is_waited_for(parts, monkeypatch):
    monkeypatch.setattr(H11Protocol, "handle_websocket_upgrade", lambda protocol, event: None)
    connection = OfUvicorn()
    for part in parts:
        connection.says(part)
    assert not connection.clock.getDelayedCalls()


def test_what_is_over_is_forgotten():
    connection = OfUvicorn()
    connection.says(GET[:5])
    connection.protocol.connection_lost(None)
    assert not connection.clock.getDelayedCalls()
