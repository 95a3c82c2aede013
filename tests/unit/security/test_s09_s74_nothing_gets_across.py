"""S07, S09, S36, S74, S93: nothing gets out, or in, or across, by a road that nobody watches."""

import ast
import asyncio
import ipaddress
import socket
from pathlib import Path

import pytest
from redis import asyncio as aioredis

from boards.actions import create_board
from live.arriving.door import Door
from messaging import outside
from messaging.push import post

from .addresses import filled, nowhere
from .answers import DECLARED
from .attacks import asks, in_a_word, state

ROOT = Path(__file__).resolve().parents[3]
PARTS = ("accounts", "boards", "kanban_board", "live", "messaging")
PUBLIC, INNER = "142.250.74.138", "127.0.0.1"
STORM = 10_000  # cancelled commands


def imported_by_us():
    """{module: the files of the product that import it}"""
    found = {}
    for path in (path for part in PARTS for path in (ROOT / part).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module] if isinstance(node, ast.ImportFrom) and node.module else []
            for name in names:
                found.setdefault(name, set()).add(str(path.relative_to(ROOT)))
    return found


def test_s07_tables_are_written_in_one_place_only():
    """It quotes cells that a spreadsheet would compute: tests/unit/accounts/test_audit_page.py. Who people are in Slack
    is only read from one."""
    writers = {"csv", "openpyxl", "xlsxwriter", "tablib"}
    writing = {name: files for name, files in imported_by_us().items() if name in writers}
    assert writing == {"csv": {"accounts/audit/export.py", "messaging/management/commands/import_slack.py"}}


def test_s09_two_doors_lead_out():
    """Pushes, webhooks and looks at pages go out by messaging/outside.py alone, which looks where it goes; to the
    issuer of the single sign-on, whom the host names, leads accounts/single_sign_on/discovery.py."""
    clients = {"http.client", "urllib.request", "requests", "httpx", "aiohttp", "urllib3"}
    leading_out = {name: files for name, files in imported_by_us().items() if name in clients}
    assert leading_out == {
        "http.client": {"messaging/outside.py"},
        "requests": {"accounts/single_sign_on/discovery.py"},
    }


@pytest.mark.parametrize(
    "endpoint",
    [
        *(
            f"https://{host}/x"
            for host in ("127.0.0.1", "[::1]", "[::ffff:127.0.0.1]", "0.0.0.0", "10.0.0.1")
        ),
        *(f"https://{host}/x" for host in ("2130706433", "0177.0.0.1", "169.254.169.254", "localtest.me")),
        "https://fcm.googleapis.com.evil.net/x",
        "https://fcm.googleapis.com@127.0.0.1/x",
        "https://fcm.googleapis.com:6379/x",
        "http://fcm.googleapis.com/x",
        "file:///etc/passwd",
        "gopher://fcm.googleapis.com/x",
    ],
)
def test_s09_only_push_services_are_sent_to(endpoint, monkeypatch):
    monkeypatch.setattr(socket, "create_connection", lambda *where: pytest.fail(f"connects to {where}"))
    assert post.send(post.Address(endpoint, "", ""), {}) == post.FAILED


@pytest.fixture
def names(monkeypatch):
    """What a name leads to, each time it is asked for; the addresses connected to."""
    answers, connected = [], []

    def ask(host, port, **how):
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in answers.pop(0)]

    def connect(where, timeout):
        connected.append((where[0], timeout))
        raise ConnectionRefusedError

    monkeypatch.setattr(outside.socket, "getaddrinfo", ask)
    monkeypatch.setattr(outside.socket, "create_connection", connect)
    return answers, connected


INSIDE = [
    *("127.0.0.1", "0.0.0.0", "10.0.0.1", "172.16.0.1", "192.168.0.1", "169.254.169.254", "100.64.0.1"),
    *(
        "192.0.2.1",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::1",
        "::",
        "::127.0.0.1",
        "fc00::1",
        "fe80::1",
    ),
    *(
        "fec0::1",
        "ff02::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "64:ff9b::127.0.0.1",
        "64:ff9b::a9fe:a9fe",
    ),
    *("64:ff9b:1::1", "2002:7f00:1::1", "2002:a00:1::", "2001:0:1::1", "2001:db8::1", "5f00::1", "100::1"),
]


@pytest.mark.parametrize("address", INSIDE)
def test_s09_an_address_of_no_internet_is_none_in_whatever_form(address):
    assert not outside.is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize(
    "address", [PUBLIC, "2606:4700:4700::1111", f"::ffff:{PUBLIC}", f"64:ff9b::{PUBLIC}"]
)
def test_s09_an_address_of_the_internet_is_one(address):
    assert outside.is_public(ipaddress.ip_address(address))


def sent():
    return post.send(post.Address("https://fcm.googleapis.com/x", "", ""), {})


def test_s09_a_name_is_asked_once_and_a_second_answer_never_used(names):
    answers, connected = names
    answers += [[PUBLIC], [INNER]]
    assert sent() == post.FAILED
    assert connected == [(PUBLIC, post.TIMEOUT)] and answers == [[INNER]]


@pytest.mark.parametrize(
    "found", [[INNER], [PUBLIC, "10.0.0.1"], ["169.254.169.254"], ["::ffff:127.0.0.1"], []]
)
def test_s09_a_name_that_leads_inside_is_not_connected_to(names, found):
    answers, connected = names
    answers.append(found)
    assert sent() == post.FAILED and connected == []


# -- S36 -------------------------------------------------------------------------------------------------------------


async def answer_to_upgrade(scheme, forwarded=None):
    headers = [(b"host", b"chat.example.org"), (b"origin", b"https://chat.example.org")]
    headers += [(b"x-forwarded-proto", forwarded)] if forwarded else []
    said = []

    async def line(scope, receive, send):
        await send({"type": "websocket.accept"})

    async def receive():
        return {"type": "websocket.connect"}

    async def send(message):
        said.append(message["type"])

    scope = {"type": "websocket", "scheme": scheme, "path": "/ws/inbox/", "headers": headers, "client": None}
    await Door([], lambda: line, lambda scope: None)(scope, receive, send)
    return said


@pytest.mark.parametrize(
    ("scheme", "forwarded", "opens"),
    [
        ("wss", None, True),
        ("ws", b"https", True),
        ("ws", None, False),
        ("ws", b"http", False),
        ("ws", b"", False),
    ],
)
async def test_s36_no_line_in_the_clear_behind_tls(settings, scheme, forwarded, opens):
    settings.HTTPS, settings.ALLOWED_HOSTS = True, ["chat.example.org"]
    answer = await answer_to_upgrade(scheme, forwarded)
    assert answer == ["websocket.accept" if opens else "websocket.close"]


# -- S74 -------------------------------------------------------------------------------------------------------------


def test_s74_who_runs_another_organisation_finds_nothing_of_this_one(scene):
    """Eve owns a board of her own: neither an address nor a list shows her, or lets her change, what is Ada's."""
    create_board(by=scene.eve, name="Elsewhere too")
    before, wrong = state(), []
    for ask, method in DECLARED:
        if nowhere(ask) is None or DECLARED[ask, method]["eve"] not in ("403", "404"):
            continue
        answer = asks(scene.eve, method, *filled(ask, scene, scene.eve))
        if in_a_word(answer) != DECLARED[ask, method]["eve"] or shows_what_is_adas(answer):
            wrong.append(f"{method} {ask}: {in_a_word(answer)}")
    assert not wrong and state() == before


@pytest.mark.parametrize(
    "list_of_all", ["/messaging/", "/messaging/search/?q=secret", "/messaging/direct/?q=ada"]
)
def test_s74_no_list_of_one_organisation_names_another(scene, list_of_all):
    create_board(by=scene.eve, name="Elsewhere too")
    assert shows_what_is_adas(asks(scene.ada, "GET", "/messaging/"))
    answer = asks(scene.eve, "GET", list_of_all)
    assert answer.status_code == 200 and not shows_what_is_adas(answer)
    assert "Elsewhere too" in asks(scene.eve, "GET", "/messaging/").content.decode()


def shows_what_is_adas(answer):
    page = b"".join(answer) if answer.streaming else answer.content
    return any(word in page for word in (b"the secret of", b"a secret plan", b"Cockpit", b"ada@example.org"))


# -- S93 -------------------------------------------------------------------------------------------------------------


async def test_s93_a_reply_belongs_to_its_question_after_any_number_of_cancelled_ones(house):
    redis = aioredis.from_url(house.redis.url, decode_responses=True, max_connections=20)
    await redis.mset({f"s93:{n}": str(n) for n in range(100)})
    cancelled = 0
    for start in range(0, STORM, 10):
        questions = [asyncio.create_task(redis.get(f"s93:{n % 100}")) for n in range(start, start + 10)]
        for _ in range(start // 10 % 4):  # cut at another step of the way each time
            await asyncio.sleep(0)
        cancelled += sum(question.cancel() for question in questions)
        await asyncio.gather(*questions, return_exceptions=True)
        if start % 500 == 0:
            assert await redis.mget([f"s93:{n}" for n in range(10)]) == [str(n) for n in range(10)]
    assert cancelled > STORM / 2
    for n in range(100):
        assert await redis.get(f"s93:{n}") == str(n)
    await redis.aclose()
