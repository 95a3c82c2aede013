"""Other servers that do the same work on the same core in the same run. None but the first keeps what is said."""

from . import brokers, limits, node, usual_chat, uwebsockets

PEERS = [
    usual_chat.USUAL,
    node.SOCKET_IO,
    node.WS,
    brokers.MOSQUITTO,
    uwebsockets.UWEBSOCKETS,
    brokers.NATS,
    limits.TRANSPORT_WRITES,
    limits.JOINED_WRITES,
]
