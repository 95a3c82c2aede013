"""Under Daphne an outlet is open just as long as Twisted has nothing to write."""

import socket
from types import SimpleNamespace

import pytest
from twisted.internet import error, tcp
from twisted.internet.defer import Deferred
from twisted.python.failure import Failure

from live.sockets.packet import Packet
from live.writers.daphne import OPEN, DaphneWriter, is_bare
from live.writers.outlet import Outlet

LARGE = Packet([{"text": "x" * 200_000}])


class Reactor:
    """It writes when it is told to."""

    def __init__(self):
        self.watched = set()

    def addWriter(self, transport):  # noqa: N802 -- Twisted's names
        self.watched.add(transport)

    removeWriter = removeReader = lambda self, transport: self.watched.discard(transport)  # noqa: N815

    def turn(self):
        for transport in list(self.watched):
            transport.doWrite()


class Channel:
    """What the connection was before it was a line."""

    def __init__(self):
        self.requests = [SimpleNamespace(channel=self)]


class Line:
    """By a socket of this machine, which knows nothing of TCP."""

    def __init__(self):
        ours, self.theirs = socket.socketpair()
        self.theirs.settimeout(5)
        self.reactor = Reactor()
        protocol = SimpleNamespace(state=OPEN, connectionLost=lambda reason: None, is_closed=Deferred())
        self.transport = tcp.Connection(ours, protocol, self.reactor)
        self.upgrade = Channel()
        self.transport.connected, self.transport.producer = 1, self.upgrade
        protocol.transport, self.protocol = self.transport, protocol
        self.writer = DaphneWriter(protocol)
        self.outlet = Outlet(self.writer.write)
        self.writer.lead(self.outlet)

    def says(self, *packets):
        for packet in packets:
            self.outlet.write(packet)

    def has(self, size):
        heard = b""
        while len(heard) < size:
            self.reactor.turn()
            heard += self.theirs.recv(size - len(heard))
        return heard


@pytest.fixture
def line():
    line = Line()
    yield line
    line.theirs.close()


def small(number):
    return Packet([{"number": number}])


def test_what_a_socket_takes_does_not_wait_for_the_reactor(line):
    line.says(small(1))
    assert line.theirs.recv(1 << 16) == small(1).wire and not line.reactor.watched


def test_no_byte_overtakes_what_the_transport_holds(line):
    line.says(small(1))
    line.transport.write(b"pong")  # as the library answers a ping
    line.says(LARGE, LARGE, small(2))
    sent = small(1).wire + b"pong" + LARGE.wire + LARGE.wire + small(2).wire
    assert line.outlet.send is None
    assert line.has(len(sent)) == sent
    line.reactor.turn()
    line.says(small(3))
    assert line.outlet.send is not None and line.theirs.recv(1 << 16) == small(3).wire


def test_what_the_transport_holds_when_the_line_begins_goes_first(line):
    line.transport.write(b"upgrade")
    line.writer.lead(line.outlet)
    line.says(small(1))
    sent = b"upgrade" + small(1).wire
    assert line.has(len(sent)) == sent


def test_what_was_sent_of_a_packet_does_not_count_as_unsent(line):
    line.transport.write(LARGE.wire)
    line.reactor.turn()
    line.theirs.setblocking(False)
    sent = len(line.theirs.recv(len(LARGE.wire)))
    assert 0 < sent < len(LARGE.wire) and line.writer.unsent == len(LARGE.wire) - sent


def test_nothing_goes_past_a_transport_that_encrypts_or_is_unknown(line):
    assert is_bare(line.transport)
    line.transport.TLS = True
    assert not is_bare(line.transport)
    assert not is_bare(SimpleNamespace(TLS=False, connected=1))


def test_no_frame_comes_after_a_close(line):
    line.protocol.state = OPEN - 1  # as soon as autobahn has said its close frame
    line.transport.write(b"close")
    line.says(small(1))
    assert line.has(5) == b"close"
    line.reactor.turn()
    assert line.outlet.send is None


def test_nothing_leaves_by_a_connection_that_is_gone(line):
    line.transport.connectionLost(Failure(error.ConnectionDone()))
    line.says(small(1))
    assert line.outlet.send is None and line.theirs.recv(1 << 16) == b""


def test_a_connection_that_is_gone_is_not_watched(line):
    line.transport.connectionLost(Failure(error.ConnectionDone()))
    line.writer.lead(line.outlet)
    assert line.outlet.send is None and "startWriting" not in vars(line.transport)  # or it would hold itself


def test_nothing_of_the_upgrade_is_held(line):
    assert line.transport.producer is None and line.upgrade.requests[0].channel is None
    line.protocol.is_closed.callback(line.protocol)
    assert line.protocol.is_closed.result is None


def test_who_lags_too_far_is_cut_and_waits_for_no_close(line):
    done = []
    line.transport.abortConnection = lambda: done.append("cut")
    line.protocol.sendCloseFrame = lambda code: done.append(code)
    line.writer.close(4403)
    line.protocol.state = OPEN - 1
    line.writer.close(4403)  # it is closing already
    line.protocol.state = OPEN
    line.says(LARGE, LARGE, LARGE)
    line.writer.close(4510)
    assert done == [4403, "cut"]


def test_nothing_is_written_once_it_is_closing(line):
    line.transport.disconnecting = True
    assert not line.writer.write(small(1))
    line.transport.disconnecting = False
    assert line.writer.write(small(1))
