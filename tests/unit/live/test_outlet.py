"""What all are told goes straight to each socket that takes it, and behind what waits on each that does not."""

import errno
import socket

import pytest

from live.sockets.packet import Packet
from live.writers.outlet import Outlet, write_to

HELLO, MORE = Packet([{"text": "hello"}]), Packet([{"text": "x" * 100_000}])


class Reader:
    """Somebody at the other end of a socket."""

    def __init__(self):
        self.ours, self.theirs = socket.socketpair()
        self.ours.setblocking(False)
        self.behind = []
        self.outlet = Outlet(lambda packet: self.behind.append(packet.wire))
        self.outlet.open(self.ours.send)

    def has(self):
        return self.theirs.recv(1 << 20)

    def closes(self):
        self.ours.close(), self.theirs.close()


@pytest.fixture
def readers():
    readers = [Reader() for _ in range(3)]
    yield readers
    for reader in readers:
        reader.closes()


def tell(readers, packet):
    write_to([reader.outlet for reader in readers], packet)


def test_all_are_told_the_same_and_nothing_waits(readers):
    tell(readers, HELLO)
    assert [reader.has() for reader in readers] == 3 * [HELLO.wire]
    assert not any(reader.behind for reader in readers)


def test_an_outlet_that_is_shut_takes_the_long_way(readers):
    readers[1].outlet.shut()
    tell(readers, HELLO)
    assert readers[1].behind == [HELLO.wire] and readers[2].has() == HELLO.wire


def test_what_a_socket_does_not_take_comes_behind(readers):
    full = readers[0]
    full.ours.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4096)
    tell(readers, MORE)
    assert len(full.behind) == 1
    assert full.has() + full.behind[0] == MORE.wire


def test_a_full_socket_takes_nothing_and_loses_nothing(readers):
    full = readers[0]
    with pytest.raises(BlockingIOError):
        while True:
            full.ours.send(b"x" * 100_000)
    tell(readers, HELLO)
    assert full.behind == [HELLO.wire] and readers[1].has() == HELLO.wire


@pytest.mark.parametrize("fault", [errno.ENOBUFS, errno.ETIMEDOUT, errno.EPIPE])
def test_a_socket_that_fails_loses_nothing_unseen_and_keeps_nobody_else_from_hearing(readers, fault):
    def fails(wire):
        raise OSError(fault, "no")

    readers[0].outlet.open(fails)
    tell(readers, HELLO)
    assert readers[0].behind == [HELLO.wire] and readers[2].has() == HELLO.wire


def test_nothing_leaves_once_it_has_ended(readers):
    gone = readers[0]
    gone.outlet.end()
    gone.outlet.open(gone.ours.send)
    tell(readers, HELLO)
    gone.theirs.setblocking(False)
    with pytest.raises(BlockingIOError):
        gone.has()
    assert gone.behind == []
