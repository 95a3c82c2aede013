"""Under Daphne many may wait in front of the door, and few come in at a time."""

import socket

import pytest
from twisted.internet import protocol, tcp
from twisted.internet.task import Clock
from twisted.protocols.policies import WrappingFactory
from twisted.web.http import HTTPFactory

from live.loop import AT_ONCE
from live.servers.backlog import open_anew
from live.servers.request_timeouts.daphne import Channel

MANY = 5 * AT_ONCE


class Reactor(Clock):
    def __init__(self):
        super().__init__()
        self.readers = set()

    def addReader(self, reader):  # noqa: N802 -- Twisted's names
        self.readers.add(reader)

    def removeReader(self, reader):  # noqa: N802
        self.readers.discard(reader)

    removeWriter = removeReader  # noqa: N815

    def getReaders(self):  # noqa: N802
        return list(self.readers)


class Guests(protocol.Factory):
    def __init__(self):
        self.inside = []

    def buildProtocol(self, address):  # noqa: N802
        self.inside.append(address)
        return protocol.Protocol()


@pytest.fixture
def door():
    reactor, guests = Reactor(), Guests()
    port = tcp.Port(0, guests, interface="127.0.0.1", reactor=reactor)
    port.startListening()
    waiting = [socket.create_connection(("127.0.0.1", port.getHost().port)) for _ in range(MANY // 2)]
    yield reactor, port, guests
    for one in [*waiting, *(reader.socket for reader in reactor.readers)]:
        one.close()


def test_few_are_let_in_in_one_turn(door):
    reactor, port, guests = door
    open_anew(reactor)
    port.doRead()
    assert len(guests.inside) == AT_ONCE
    port.doRead()
    assert len(guests.inside) == 2 * AT_ONCE


def test_twin_whose_door_is_twisteds_lets_all_in_at_once(door):
    _, port, guests = door
    port.doRead()
    assert len(guests.inside) == MANY // 2


def test_half_a_request_is_not_waited_for_where_requests_come(door):
    reactor, _, _ = door
    bare, wrapped = HTTPFactory(reactor=reactor), WrappingFactory(HTTPFactory(reactor=reactor))
    usual = wrapped.protocol
    for factory in (bare, wrapped):
        tcp.Port(0, factory, interface="127.0.0.1", reactor=reactor).startListening()
    open_anew(reactor)
    assert bare.protocol is Channel and wrapped.protocol is usual
