"""Brokers over WebSockets: MQTT 3.1.1 at quality of service 0, and the NATS protocol. Nothing is kept."""

import getpass

from tests.fault.lab.part import free_port

from .peer import FRAME, Peer, program

SIZE = FRAME - 30
PAYLOAD = 2 + 15 + 1 + SIZE  # %t, a space and %x
TOPIC = "r%r"  # five bytes


def _mosquitto(folder, port):
    binary = program("mosquitto")
    settings = [
        f"listener {free_port()} 127.0.0.1",  # it does not start with WebSockets alone
        f"listener {port} 127.0.0.1",
        "protocol websockets",
        "allow_anonymous true",
        "set_tcp_nodelay true",
        "max_queued_messages 0",
        f"user {getpass.getuser()}",
    ]
    (folder / "mosquitto.conf").write_text("\n".join(settings) + "\n")
    return [binary, "-c", folder / "mosquitto.conf"]


def _nats(folder, port):
    settings = f"""
        host: 127.0.0.1
        port: {free_port()}
        websocket {{ host: 127.0.0.1, port: {port}, no_tls: true }}
    """
    binary = program("nats-server")
    (folder / "nats.conf").write_text(settings)
    return [binary, "-c", folder / "nats.conf"]


def bytes_of(*numbers):
    return "".join(f"%h{number:02x}" for number in numbers)


def remaining(length):
    """A length in seven bits a byte (MQTT 3.1.1, 2.2.3)."""
    low, high = length & 127, length >> 7
    return bytes_of(low | 128, high) if high else bytes_of(low)


CONNECT = bytes_of(0x10, 12, 0, 4) + "MQTT" + bytes_of(4, 2, 0, 0, 0, 0)  # a clean session without a name
SUBSCRIBE = bytes_of(0x82, 10, 0, 1, 0, 5) + TOPIC + bytes_of(0)
PUBLISH = bytes_of(0x30) + remaining(2 + 5 + PAYLOAD) + bytes_of(0, 5) + TOPIC + "%t %x"
LINE = bytes_of(13, 10)

MOSQUITTO = Peer(
    "Mosquitto",
    _mosquitto,
    {"path": "/mqtt", "protocol": "mqtt", "binary": 1, "hello": CONNECT + SUBSCRIBE, "post": PUBLISH},
    size=SIZE,
)
NATS = Peer(
    "NATS",
    _nats,
    {
        "path": "/",
        "binary": 1,
        "hello": f'CONNECT {{"verbose":false,"pedantic":false}}{LINE}SUB {TOPIC} 1{LINE}',
        "post": f"PUB {TOPIC} {PAYLOAD}{LINE}%t %x{LINE}",
    },
    size=SIZE,
)
