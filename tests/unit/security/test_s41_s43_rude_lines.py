"""S41-S43: whoever breaks the rules of the wire, floods it, or holds it half open harms nobody but themselves."""

import re
import shutil
import socket
import ssl
import subprocess
import time
from contextlib import closing, suppress
from pathlib import Path

import pytest

from operations.websocket_by_hand import Closed, WebSocket

from ...fault.lab.part import Part, accepts, free_port
from ...fault.lab.web import DAPHNE, UVICORN
from ...scene import Scene

SHIPPED = Path(__file__).resolve().parents[3] / "docs/deploy/nginx.conf"
MANY = 10_000
MASK = b"\0\0\0\0"  # masks nothing, and is a mask


class RudeSocket(WebSocket):
    def sends(self, raw):
        self._socket.sendall(raw)

    def says_goodbye(self):
        """The code with which the other side ended it; what it said before is passed over."""
        try:
            while True:
                self.hear(lambda frame: False, timeout=5)
        except Closed as closed:
            return closed.code
        except ConnectionResetError:
            return 1006


@pytest.fixture(scope="module")
def airfield(house):
    return Scene(house.stage).is_set()


@pytest.fixture(params=[DAPHNE, UVICORN])
def line(request, house, airfield):
    """`line()` opens one of Bob's to this server."""
    web = next(web for web in house.webs if web.kind == request.param)
    cookie, opened = airfield.person("bob", web.address).cookie, []

    def open_line():
        headers = {"Cookie": f"sessionid={cookie}"}
        opened.append(
            RudeSocket(f"http://{web.address}", "/ws/inbox/", headers=headers, protocol="prizmai.v2")
        )
        return opened[-1]

    yield open_line
    for one in opened:
        one.close()


def answers(line, within=2.0):
    """Seconds until a line has its pong."""
    began = time.monotonic()
    line.say({"type": "ping"})
    line.hear(lambda frame: frame["type"] == "pong", timeout=within)
    return time.monotonic() - began


@pytest.mark.parametrize(
    "frame",
    [
        b"\x81\x02{}",
        b"\xf1\x82" + MASK + b"{}",
        b"\x83\x82" + MASK + b"{}",
        b"\x80\x82" + MASK + b"{}",
        b"\x89\xfe\x00\x7e" + MASK + b"x" * 126,
        b"\x09\x81" + MASK + b"x",
    ],
    ids=["unmasked", "reserved bits", "reserved kind", "goes on with nothing", "long ping", "ping in parts"],
)
def test_s41_whoever_breaks_the_protocol_is_closed(line, frame):
    rude, other = line(), line()
    assert answers(rude) < 2
    rude.sends(frame)
    assert rude.says_goodbye() in (1002, 1006)
    assert answers(other) < 2


@pytest.mark.parametrize(
    "flood",
    [
        b"\x01\x81" + MASK + b"x" + (b"\x00\x81" + MASK + b"x") * MANY + b"\x80\x80" + MASK,
        (b"\x89\x81" + MASK + b"x") * MANY,
        (b"\x81\x80" + MASK) * MANY,
    ],
    ids=["parts", "pings", "empty frames"],
)
def test_s41_a_flood_of_tiny_frames_holds_up_nobody(line, flood):
    rude, other = line(), line()
    with suppress(OSError):  # it may be cut off
        rude.sends(flood)
    assert answers(other) < 2


# -- what only looks like a handshake --------------------------------------------------------------------------------


HANDSHAKE = {
    "Connection": "Upgrade",
    "Upgrade": "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
}
CONTROL = {
    f"{byte:#04x}": {"X-Odd": f"a{chr(byte)}Origin: http://there"} for byte in b"\x0b\x0c\x1c\x1d\x1e\x7f"
}


def answer_to_handshake(web, more, asked="/ws/inbox/"):
    """What a server says at first to a handshake with these headers besides."""
    return answer_to(web, asked, {**HANDSHAKE, **more})


def answer_to(web, asked, more):
    headers = {"Host": web.address, "Origin": f"http://{web.address}", **more}
    told = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    host, port = web.address.split(":")
    with socket.create_connection((host, int(port)), timeout=5) as line:
        line.sendall(f"GET {asked} HTTP/1.1\r\n{told}\r\n".encode("latin-1"))
        return line.recv(1_000)


@pytest.mark.parametrize("kind", [DAPHNE, UVICORN])
@pytest.mark.parametrize(
    ("more", "asked"),
    [
        *(({name: odd}, "/ws/inbox/") for said in CONTROL.values() for name, odd in said.items()),
        ({f"X-{number}": "1" for number in range(140)}, "/ws/inbox/"),
        ({f"X-{number}": "1" for number in range(600)}, "/ws/inbox/"),
        ({"X-Long": "x" * 9_000}, "/ws/inbox/"),
        ({}, f"/ws/inbox/?x={'x' * 9_000}"),
    ],
    ids=[*CONTROL, "many headers", "very many headers", "a long header", "a long address"],
)
def test_s38_s42_no_handshake_is_left_without_an_answer(house, airfield, kind, more, asked):
    """Nobody has signed in: whatever they say is answered at once, and opens nothing but to be told so."""
    web = next(web for web in house.webs if web.kind == kind)
    answer = answer_to_handshake(web, more, asked)
    assert re.match(rb"HTTP/1\.1 4\d\d ", answer), answer


@pytest.mark.parametrize("kind", [DAPHNE, UVICORN])
@pytest.mark.parametrize("said", [{}, *CONTROL.values(), {"X-Odd": "a\x01b"}], ids=repr)
def test_s38_no_page_is_shown_to_who_says_control_characters(house, kind, said):
    web = next(web for web in house.webs if web.kind == kind)
    answer = answer_to(web, "/accounts/login/", said)
    assert answer.startswith(b"HTTP/1.1 400 " if said else b"HTTP/1.1 200 "), answer


def test_s38_s42_a_handshake_without_that_is_one(house, airfield):
    for web in house.webs:
        cookie = airfield.person("bob", web.address).cookie
        answer = answer_to_handshake(web, {"Cookie": f"sessionid={cookie}"})
        assert answer.startswith(b"HTTP/1.1 101 "), answer


@pytest.mark.parametrize("kind", [DAPHNE, UVICORN])
@pytest.mark.parametrize(
    "body", [{"Content-Length": "5"}, {"Transfer-Encoding": "chunked"}], ids=["of a length", "in chunks"]
)
def test_s42_a_handshake_with_a_body_is_none(house, kind, body):
    """It is said at once, before any of the body has come."""
    web = next(web for web in house.webs if web.kind == kind)
    assert answer_to_handshake(web, body).startswith(b"HTTP/1.1 400 ")


# -- the shipped proxy -----------------------------------------------------------------------------------------------


class Proxy(Part):
    """nginx as we ship it, on ports of this test, quicker to lose patience and with fewer lines for each address."""

    def __init__(self, folder, web):
        self.port, self.access_log = free_port(), folder / "access.log"
        site = (folder / "site.conf", self._site(folder, web))
        whole = (folder / "nginx.conf", f"events {{}}\nhttp {{ access_log off; include {site[0]}; }}\n")
        for path, text in (site, whole):
            path.write_text(text)
        command = ["nginx", "-p", folder, "-c", whole[0], "-e", folder / "error.log"]
        command += ["-g", f"daemon off; pid {folder}/pid;"]
        super().__init__("nginx", command, log=folder / "nginx.log", answers=lambda: accepts(self.port))

    def _site(self, folder, web):
        key, certificate = folder / "key.pem", folder / "certificate.pem"
        named = ["-subj", "/CN=chat.example.org", "-keyout", key, "-out", certificate]
        made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", *named]
        subprocess.run(made, check=True, capture_output=True)
        text = SHIPPED.read_text()
        changes = [
            (r"listen\s+\[::\].*\n", ""),
            (r"listen\s+80;", f"listen 127.0.0.1:{free_port()};"),
            (r"listen\s+443 ssl", f"listen 127.0.0.1:{self.port} ssl"),
            (r"127\.0\.0\.1:8000", web.address),
            (r"(ssl_certificate\s+)\S+;", rf"\g<1>{certificate};"),
            (r"(ssl_certificate_key\s+)\S+;", rf"\g<1>{key};"),
            (r"client_header_timeout 10s", "client_header_timeout 1s"),
            (r"prizmai_lines \d+;", "prizmai_lines 4;"),
            (r"/var/log/nginx/access\.log", f"{self.access_log}"),
        ]
        for shipped, here in changes:
            text, count = re.subn(shipped, here, text)
            assert count, shipped
        return text

    def line(self):
        context = ssl._create_unverified_context()
        return context.wrap_socket(socket.create_connection(("127.0.0.1", self.port), 5))

    def answers_to(self, *parts):
        """Everything that comes back until it closes the line, or is quiet."""
        heard = b""
        with closing(self.line()) as line:
            line.settimeout(3)
            for part in parts:
                line.sendall(part)
            try:
                while more := line.recv(65_536):
                    heard += more
            except TimeoutError:
                pass
        return heard


@pytest.fixture(scope="module")
def nginx(house, tmp_path_factory):
    if not (shutil.which("nginx") and shutil.which("openssl")):
        pytest.skip("nginx or openssl is missing")
    proxy = Proxy(tmp_path_factory.mktemp("nginx"), house.webs[1]).start().wait()
    yield proxy
    proxy.kill()


@pytest.mark.parametrize(
    "half",
    [b"GET / HTTP/1.1\r\nHost: x\r\n", b"GET /ws/inbox/ HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\n"],
    ids=["request", "upgrade"],
)
def test_s42_what_is_request_timeouts_is_cut_off(nginx, half):
    with closing(nginx.line()) as line:
        line.sendall(half)
        began = time.monotonic()
        assert b" 200 " not in line.recv(1000)
    assert time.monotonic() - began < 3


def test_s42_one_address_has_only_so_many_lines(nginx, airfield):
    cookie, own = airfield.person("bob", f"127.0.0.1:{nginx.port}").cookie, f"https://127.0.0.1:{nginx.port}"
    asked = "".join(
        f"{name}: {value}\r\n"
        for name, value in {
            "Host": f"127.0.0.1:{nginx.port}",
            "Origin": own,
            "Cookie": f"sessionid={cookie}",
            "Connection": "Upgrade",
            "Upgrade": "websocket",
            "Sec-WebSocket-Version": "13",
            "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
        }.items()
    )
    lines = [nginx.line() for _ in range(5)]
    statuses = []
    for line in lines:
        line.sendall(f"GET /ws/inbox/ HTTP/1.1\r\n{asked}\r\n".encode())
        statuses.append(line.recv(1000).split()[1])
    for line in lines:
        line.close()
    assert statuses == [b"101"] * 4 + [b"503"]


SMUGGLED = b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
CHUNKED = b"0\r\n\r\n" + SMUGGLED


@pytest.mark.parametrize(
    ("said", "body"),
    [
        (f"Content-Length: {len(CHUNKED)}\r\nTransfer-Encoding: chunked", CHUNKED),
        (f"Transfer-Encoding: chunked\r\nContent-Length: {len(CHUNKED)}", CHUNKED),
        (f"Content-Length: 0\r\nContent-Length: {len(SMUGGLED)}", SMUGGLED),
        ("Transfer-Encoding: chunked, identity", CHUNKED),
        ("Transfer-Encoding: xchunked", CHUNKED),
        ("Transfer-Encoding : chunked", CHUNKED),
        ("Transfer-Encoding: chunked\r\nTransfer-Encoding: identity", CHUNKED),
        ("Content-Length: +5", SMUGGLED),
    ],
    ids=lambda value: value.replace("\r\n", ", ") if isinstance(value, str) else "",
)
def test_s43_no_second_request_is_hidden_in_a_first(nginx, said, body):
    assert nginx.answers_to(SMUGGLED).count(b"HTTP/1.1 200") == 1
    heard = nginx.answers_to(f"POST /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n{said}\r\n\r\n".encode(), body)
    assert re.findall(rb"HTTP/1\.1 (\d+)", heard) in ([b"400"], [b"501"]), heard


def test_s42_says_what_is_shipped():
    text = SHIPPED.read_text()
    assert "client_header_timeout 10s" in text and "limit_conn prizmai_lines" in text


@pytest.mark.parametrize(
    ("version", "is_spoken"),
    [(ssl.TLSVersion.TLSv1_1, False), (ssl.TLSVersion.TLSv1_2, True), (ssl.TLSVersion.TLSv1_3, True)],
)
def test_s83_the_proxy_speaks_tls_of_today_only(nginx, version, is_spoken):
    with closing(socket.create_connection(("127.0.0.1", nginx.port), 5)) as line:
        if is_spoken:
            assert old_enough(version).wrap_socket(line).version()
        else:
            with pytest.raises(ssl.SSLError):
                old_enough(version).wrap_socket(line)


@pytest.mark.parametrize("cipher", ["AES128-SHA", "ECDHE-RSA-AES128-SHA", "AES256-GCM-SHA384"])
def test_s83_no_cipher_without_forward_secrecy_and_authentication_is_agreed_on(nginx, cipher):
    context = old_enough(ssl.TLSVersion.TLSv1_2)
    context.set_ciphers(f"{cipher}:@SECLEVEL=0")
    with closing(socket.create_connection(("127.0.0.1", nginx.port), 5)) as line, pytest.raises(ssl.SSLError):
        context.wrap_socket(line)


def old_enough(version):
    """A client that speaks this version alone, by whatever cipher it may."""
    context = ssl._create_unverified_context()
    context.set_ciphers("ALL:@SECLEVEL=0")
    context.minimum_version = context.maximum_version = version
    return context


@pytest.mark.parametrize("name", ["Caddyfile", "compose.Caddyfile"])
def test_s83_so_does_the_other_proxy_by_what_it_is_told(name):
    told = (SHIPPED.parent / name).read_text()
    assert re.findall(r"protocols (.*)", told) == ["tls1.2 tls1.3"] and "insecure" not in told


def test_s83_what_is_shipped_keeps_no_tickets_and_leads_from_http_to_tls():
    told = SHIPPED.read_text()
    assert "ssl_session_tickets off;" in told and "return 301 https://$host$request_uri;" in told


def test_s63_the_proxy_writes_down_nothing_that_opens_anything(nginx):
    secrets = {
        "/accounts/sign-on/back/?code=SECRET1&state=SECRET2",
        "/messaging/search/?q=SECRET3",
        "/hooks/SECRET4/",
        "/%68ooks/SECRET5/",
        "/accounts//join/SECRET6/?x",
    }
    for path in (*secrets, "/accounts/login/?the=last"):
        asked = f"GET {path} HTTP/1.1\r\nHost: x\r\nReferer: https://x/?SECRET7\r\nConnection: close\r\n\r\n"
        assert nginx.answers_to(asked.encode()).startswith(b"HTTP/1.1 ")
    written = nginx.access_log.read_text()
    assert '"GET /accounts/login/ HTTP/1.1" ' in written and '"GET /messaging/search/ HTTP/1.1" ' in written
    assert "SECRET" not in written
