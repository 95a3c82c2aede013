"""A body that is too large is refused before it has been taken in, by both servers."""

import socket
import time

import psutil
import pytest

from kanban_board.bodies import BodyLimit

LIMIT = 1_000


def scope(**headers):
    said = [(name.replace("_", "-").encode(), str(value).encode()) for name, value in headers.items()]
    return {"type": "http", "method": "POST", "path": "/", "headers": said}


class Visit:
    """One request to an application which reads all of it, as Django does."""

    def __init__(self, *chunks):
        self.chunks, self.read, self.said = list(chunks), [], []

    async def pages(self, scope, receive, send):
        more = True
        while more:
            message = await receive()
            if message["type"] == "http.disconnect":
                return
            self.read.append(message["body"])
            more = message["more_body"]
        await send({"type": "http.response.start", "status": 200, "headers": []})

    async def receive(self):
        return {"type": "http.request", "body": self.chunks.pop(0), "more_body": bool(self.chunks)}

    async def send(self, message):
        self.said.append(message)

    async def status(self, **headers):
        await BodyLimit(self.pages, LIMIT)(scope(**headers), self.receive, self.send)
        return self.said[0]["status"]


async def test_s49_a_body_within_the_limit_passes():
    assert await Visit(b"x" * 500, b"x" * 500).status(content_length=1000) == 200


async def test_s49_a_body_is_refused_by_its_own_word():
    visit = Visit(b"x")
    assert await visit.status(content_length=1001) == 413
    assert visit.read == [] and visit.chunks == [b"x"]


@pytest.mark.parametrize(
    "said", [{}, {"content_length": 5}, {"content_length": "-1"}, {"content_length": "1e3"}]
)
async def test_s49_a_body_that_does_not_say_or_lies_is_cut_off(said):
    visit = Visit(*[b"x" * 400] * 100)
    assert await visit.status(**said) == 413
    assert len(visit.read) == 2 and len(visit.chunks) == 97


@pytest.fixture(params=[0, 1], ids=["daphne", "uvicorn"])
def web(request, house):
    return house.webs[request.param]


def answer_to(web, head, *parts):
    """The first line of the answer to a request that goes on being sent for as long as it is taken."""
    host, port = web.address.split(":")
    with socket.create_connection((host, int(port)), timeout=10) as line:
        try:
            line.sendall(head.replace("HOST", web.address).encode())
            for part in parts:
                line.sendall(part)
        except OSError:
            pass  # it was cut off, which is what it deserves
        try:
            return line.recv(200).split(b"\r\n")[0].decode()
        except ConnectionResetError:
            return "cut off"


def memory(web):
    return psutil.Process(web.process.pid).memory_info().rss


def test_s49_no_server_waits_for_a_gigabyte(web):
    head = "POST /accounts/login/ HTTP/1.1\r\nHost: HOST\r\nContent-Length: 1000000000\r\n\r\n"
    started = time.monotonic()
    assert " 413 " in answer_to(web, head)
    assert time.monotonic() - started < 5


def test_s49_no_server_holds_what_comes_in_pieces(web):
    head = "POST /accounts/login/ HTTP/1.1\r\nHost: HOST\r\nTransfer-Encoding: chunked\r\n\r\n"
    piece = b"10000\r\n" + b"x" * 65_536 + b"\r\n"
    before = memory(web)
    answer = answer_to(web, head, *[piece] * 1_600)  # 100 MiB
    assert " 413 " in answer or answer == "cut off"
    assert memory(web) - before < 60_000_000


def test_s49_a_file_of_the_size_allowed_comes_through(web):
    head = "POST /accounts/login/ HTTP/1.1\r\nHost: HOST\r\nContent-Length: 10485760\r\n\r\n"
    assert " 403 " in answer_to(web, head, b"x" * 10_485_760)  # whole, and without a CSRF token
