"""A socket that goes wrong is closed, so that its client comes back for what it missed; and it concerns nobody else."""

from unittest.mock import Mock

import pytest

from live.close_codes import FAULT, FORBIDDEN
from live.errors import Malformed
from live.packet import Packet
from live.socket import LiveSocket, parsed
from live.writers.outlet import Outlet, write_to

HELLO = Packet([{"text": "hello"}])


@pytest.fixture
def socket():
    socket = LiveSocket()
    socket.closed, socket.user_id, socket.hub, socket.writer = False, 1, Mock(), Mock()
    socket.outlet = Outlet(socket._write_behind)
    return socket


def test_who_cannot_be_written_to_is_closed_and_the_others_are_told(socket, caplog):
    heard = []
    socket.writer.write.side_effect = RuntimeError("no descriptor to watch")
    write_to([socket.outlet, Outlet(heard.append)], HELLO)
    socket.writer.close.assert_called_once_with(FAULT)
    assert len(heard) == 1 and socket.closed and "no descriptor to watch" in caplog.text


def test_who_cannot_leave_in_order_is_closed_all_the_same(socket):
    socket.left = Mock(side_effect=RuntimeError("its stream is gone"))
    with pytest.raises(RuntimeError):
        socket.close(FORBIDDEN)
    socket.writer.close.assert_called_once_with(FORBIDDEN)


@pytest.mark.parametrize("letter", ["x", "ü", "語", "🛩"])
def test_a_frame_is_measured_in_bytes(settings, letter):
    around, size = '{"type":""}', len(letter.encode())
    most = (settings.LIVE["frame_limit"] - len(around)) // size
    assert parsed({"text": f'{{"type":"{letter * most}"}}'})
    with pytest.raises(Malformed):
        parsed({"text": f'{{"type":"{letter * (most + 1)}"}}'})
