"""The threads that make pages: few, with connections that last, and never all of them needed to tell how we are."""

import asyncio
import os
import socket
import threading

import psutil
import pytest
from asgiref.testing import ApplicationCommunicator
from django.db import connection
from django.db.backends.signals import connection_created
from django.http import FileResponse, HttpRequest
from django.test import Client

from kanban_board import pages
from kanban_board.pages import PORTION, Pages

from ..fault.lab.memory import becomes, resident
from ..fault.lab.web import DAPHNE, UVICORN, Web

pytestmark = pytest.mark.django_db(transaction=True)
FILM = 150_000_000  # bytes


@pytest.fixture
def door(monkeypatch):
    Client().get("/accounts/login/")  # the first page ever takes longer than anybody here waits
    monkeypatch.setattr(pages, "THREADS", 1)
    monkeypatch.setattr(pages, "PATIENCE", 0.3)
    door = Pages()
    yield door
    for threads in (door._threads, door._of_health):
        threads._threads.submit(lambda: connection.close()).result()  # noqa: PLW0108  each thread's own
        threads.close()


async def asks(door, path):
    """(status, headers, body) for somebody whose session is looked up in the database."""
    headers = [(b"host", b"testserver"), (b"cookie", b"sessionid=" + b"a" * 32)]
    scope = {"type": "http", "method": "GET", "path": path, "query_string": b"", "headers": headers}
    scope |= {
        "server": ("testserver", 80),
        "client": ("127.0.0.1", 1),
        "http_version": "1.1",
        "scheme": "http",
    }
    line = ApplicationCommunicator(door, scope)
    await line.send_input({"type": "http.request"})
    start, body = await line.receive_output(10), await line.receive_output(10)
    await line.wait(10)
    return start["status"], dict(start["headers"]), body["body"]


async def test_pages_share_a_connection(door):
    made = []

    def count(**kwargs):
        made.append(threading.current_thread().name)

    connection_created.connect(count)
    for _ in range(4):
        assert (await asks(door, "/accounts/login/"))[0] == 200
    assert len(made) == 1 and made[0].startswith("pages")


async def test_a_connection_that_broke_is_made_anew(door):
    if connection.vendor != "postgresql":
        pytest.skip("a file does not go away")
    assert (await asks(door, "/accounts/login/"))[0] == 200
    await door._threads.run(lambda: connection.connection.close())
    assert (await asks(door, "/accounts/login/"))[0] == 200


async def test_how_we_are_is_told_while_no_thread_is_free(door):
    held = threading.Event()
    waiting = asyncio.ensure_future(door._threads.run(held.wait, 10))
    await asyncio.sleep(0)
    status, headers, words = await asks(door, "/accounts/login/")
    assert status == 503 and headers[b"Retry-After"] == b"2" and b"try again" in words
    assert (await asks(door, "/healthz"))[0] == 200
    held.set()
    await asyncio.gather(waiting, return_exceptions=True)
    assert (await asks(door, "/accounts/login/"))[0] == 200


async def test_a_file_is_read_as_fast_as_it_is_taken(door, monkeypatch, tmp_path):
    file = (tmp_path / "film").open("w+b")
    file.truncate(5 * PORTION)
    file.seek(0)
    monkeypatch.setattr(door, "_made", lambda request: FileResponse(file))
    response = await door.get_response_async(HttpRequest())
    portions = aiter(response)
    assert len(await anext(portions)) == PORTION and file.tell() == PORTION
    assert sum([len(portion) async for portion in portions]) == 4 * PORTION
    response.close()
    assert file.closed


@pytest.fixture(params=[DAPHNE, UVICORN])
def cinema(request, tmp_path):
    film = tmp_path / "film"
    with film.open("wb") as file:
        file.truncate(FILM)
    env = {**os.environ, "PRIZMAI_DATA": str(tmp_path), "DJANGO_SETTINGS_MODULE": "kanban_board.settings"}
    web = Web(
        request.param,
        env={**env, "FILM": str(film)},
        folder=tmp_path,
        application="tests.unit.film:application",
    )
    web.start().wait()
    yield web
    web.stop()


def visits(cinema):
    visitor = socket.create_connection(("127.0.0.1", cinema.port), timeout=10)
    visitor.sendall(b"GET /film HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
    assert visitor.recv(100).startswith(b"HTTP/1.1 200")
    return visitor


def is_shown(cinema):
    return any(file.path.endswith("/film") for file in psutil.Process(cinema.process.pid).open_files())


def test_who_does_not_read_a_film_fills_no_memory(cinema):
    most = resident(cinema) + FILM // 3
    with visits(cinema) as visitor:
        assert becomes(lambda: most - resident(cinema), 0, within=2) > 0
        assert sum(map(len, iter(lambda: visitor.recv(1 << 20), b""))) > FILM - 1_000_000


def test_a_film_ends_when_nobody_watches_any_more(cinema):
    with visits(cinema):
        assert is_shown(cinema)
    assert not becomes(lambda: is_shown(cinema), False, within=10)
