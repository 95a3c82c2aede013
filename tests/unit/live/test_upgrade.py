"""Under uvicorn a handshake that is plain to see is read once, and nothing else comes of it than otherwise would."""

import asyncio
import re
from unittest.mock import Mock

import pytest
from uvicorn import Config
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.server import ServerState

from live.protocol import Protocol
from live.upgrade import Http, plainly_asked

KEY = b"dGhlIHNhbXBsZSBub25jZQ=="


def request(*more, line=b"GET /ws/chat-room/7/?since=3&epoch=a%20b HTTP/1.1", without=(), **changed):
    headers = {
        b"Host": b"here:8000",
        b"Upgrade": b"websocket",
        b"Connection": b"Upgrade",
        b"Sec-WebSocket-Key": KEY,
        b"Sec-WebSocket-Version": b"13",
        b"Sec-WebSocket-Protocol": b"prizmai.v2",
        b"Origin": b"http://here:8000",
        b"Cookie": b"sessionid=abc; csrftoken=d\xc3\xa9f",
    }
    headers |= {name.encode().replace(b"_", b"-"): value for name, value in changed.items()}
    told = [name + b": " + value for name, value in headers.items() if name not in without]
    return b"\r\n".join([line, *told, *more, b"", b""])


PLAIN = {
    "a browser's": request(),
    "a proxy's": request(b"X-Forwarded-For: 192.0.2.7, 10.0.0.1", b"X-Forwarded-Proto:https\t"),
    "old words": request(Connection=b"keep-alive, UPGRADE", Upgrade=b"WebSocket"),
    "an empty value": request(b"X-Nothing:", b"X-Little: "),
    "no key": request(without=[b"Sec-WebSocket-Key"]),
    "another version": request(Sec_WebSocket_Version=b"8"),
    "two versions": request(b"Sec-WebSocket-Version: 8"),
    "two origins": request(b"Origin: http://there"),
    "a body": request(b"Content-Length: 5"),
}
OTHERWISE = {
    "a page": b"GET /messaging/ HTTP/1.1\r\nHost: here\r\n\r\n",
    "no host": request(without=[b"Host"]),
    "two hosts": request(b"Host: there"),
    "another method": request(line=b"POST /ws/chat-room/7/ HTTP/1.1"),
    "an older version": request(line=b"GET /ws/chat-room/7/ HTTP/1.0"),
    "a whole address": request(line=b"GET http://here/ws/chat-room/7/ HTTP/1.1"),
    "a blank in the address": request(line=b"GET /ws/chat room/7/ HTTP/1.1"),
    "a folded line": request(b"X-Long: one\r\n two"),
    "a blank before the colon": request(b"X-Odd : one"),
    "a nameless line": request(b": one"),
    "a byte that may not be": request(b"X-Odd: \x00"),
    "a bare line feed": request(b"X-Odd: one\nX-More: two"),
    "half of it": request()[:-2],
    "more than it": request() + b"\x81\x80\x00\x00\x00\x00",
    "too long": request(b"X-Long: " + b"x" * 16_384),
}


async def outcome(kind, *parts):
    """(what the application was told, the bytes that were written but for their date, whether it was closed)"""
    told, written = [], []

    async def application(scope, receive, send):
        told.append({name: value for name, value in scope.items() if name != "state"})
        if scope["type"] == "websocket":
            await receive()
            await send({"type": "websocket.accept", "subprotocol": "prizmai.v2"})
        else:
            await send({"type": "http.response.start", "status": 204})
            await send({"type": "http.response.body"})

    config = Config(application, ws=Protocol, lifespan="off", log_config=None, ws_per_message_deflate=False)
    config.load()
    state, addresses = ServerState(), {"sockname": ("127.0.0.1", 8000), "peername": ("127.0.0.1", 5)}
    transport = Mock(**{"is_closing.return_value": False, "write": written.append})
    transport.get_extra_info = lambda name, default=None: addresses.get(name, default)
    protocol = kind(config, state, {})
    protocol.connection_made(transport)
    transport.set_protocol = Mock()
    for part in parts:
        at_it = transport.set_protocol.call_args[0][0] if transport.set_protocol.called else protocol
        at_it.data_received(part)
        await asyncio.gather(*state.tasks)
    for one in state.connections:
        one._unset_keepalive_if_required() if one is protocol else one.stop_keepalive()
    undated = re.sub(rb"date: [^\r]*\r\n", b"", b"".join(written), flags=re.IGNORECASE)
    return told, undated, transport.close.called


@pytest.mark.parametrize("name", PLAIN)
async def test_a_plain_handshake_ends_as_it_would_otherwise(name):
    assert plainly_asked(PLAIN[name])
    assert await outcome(Http, PLAIN[name]) == await outcome(H11Protocol, PLAIN[name])


async def test_a_line_is_opened():
    ((scope,), written, _) = await outcome(Http, request())
    assert (scope["path"], scope["query_string"]) == ("/ws/chat-room/7/", b"since=3&epoch=a%20b")
    assert scope["subprotocols"] == ["prizmai.v2"] and (b"origin", b"http://here:8000") in scope["headers"]
    assert written.startswith(b"HTTP/1.1 101 ") and b"s3pPLMBiTxaQ9kYGzzhZRbK+xOo=" in written


async def test_it_is_not_read_twice(monkeypatch):
    monkeypatch.setattr(H11Protocol, "data_received", lambda self, data: pytest.fail("h11 was asked"))
    assert b"101" in (await outcome(Http, request()))[1]


@pytest.mark.parametrize("name", OTHERWISE)
async def test_whatever_else_comes_keeps_to_the_usual_way(name):
    usual = await outcome(H11Protocol, OTHERWISE[name])
    assert await outcome(Http, OTHERWISE[name]) == usual
    if name != "a page":
        assert plainly_asked(OTHERWISE[name]) is None


async def test_a_handshake_in_pieces_is_read_by_h11():
    whole = request()
    pieces = [whole[:40], whole[40:-1], whole[-1:]]
    assert (await outcome(Http, *pieces))[0] == (await outcome(Http, whole))[0] != []


async def test_a_handshake_after_a_page_is_read_by_h11(monkeypatch):
    read, usual = [], H11Protocol.data_received
    monkeypatch.setattr(
        H11Protocol, "data_received", lambda self, data: (read.append(data), usual(self, data))
    )
    scopes, _, _ = await outcome(Http, OTHERWISE["a page"], request())
    assert [scope["type"] for scope in scopes] == ["http", "websocket"] and len(read) == 2


async def test_where_no_lines_are_served_it_is_a_page():
    config = Config(lambda: None, ws="none", lifespan="off", log_config=None)
    config.load()
    protocol = Http(config, ServerState(), {})
    assert not protocol._is_for_a_line(plainly_asked(request()))
