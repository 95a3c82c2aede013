"""Frames are made ready once, as RFC 6455 section 5.2 draws them."""

import json

import pytest

from live.sockets.packet import Packet, framed, joined


@pytest.mark.parametrize(
    ("size", "header"),
    [
        (0, b"\x81\x00"),
        (125, b"\x81\x7d"),
        (126, b"\x81\x7e\x00\x7e"),
        (65_535, b"\x81\x7e\xff\xff"),
        (65_536, b"\x81\x7f\x00\x00\x00\x00\x00\x01\x00\x00"),
    ],
)
def test_the_length_takes_the_shortest_form(size, header):
    assert framed(b"x" * size) == header + b"x" * size


def test_a_packet_says_the_same_to_both_kinds_of_server():
    packet = Packet([{"type": "pong"}, {"type": "mode", "mode": "live"}])
    assert [json.loads(text)["type"] for text in packet.texts] == ["pong", "mode"]
    assert packet.wire == b"".join(framed(text.encode()) for text in packet.texts)


def test_joined_packets_keep_their_order():
    whole = joined([Packet([{"n": 1}]), Packet([{"n": 2}, {"n": 3}])])
    assert [json.loads(text)["n"] for text in whole.texts] == [1, 2, 3]
