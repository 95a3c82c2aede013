"""S09: whoever posts a link sends this server nowhere but to pages of the internet, for little and not for long."""

import gzip
import socket
import time

import pytest

from messaging import outside
from messaging.previews import looking, page
from messaging.previews.looking import Look
from messaging.previews.trip import LARGEST
from tests.unit.messaging.site_server import SiteServer

PUBLIC, INNER = "142.250.74.138", "127.0.0.1"
TITLE = b"<title>Found</title>"
REDIS = "http://127.0.0.1:6379/"


@pytest.fixture
def site(settings):
    site = SiteServer()
    settings.PREVIEWED_FOR_TESTS = [site.place]
    yield site
    site.closes()


@pytest.fixture
def connected(monkeypatch):
    """Where it was connected to; nobody answers there."""
    where = []

    def connect(place, timeout):
        where.append(place)
        raise ConnectionRefusedError

    monkeypatch.setattr(outside.socket, "create_connection", connect)
    return where


def title_at(url):
    found = Look(url).found()
    return found and found.page.title


def names_lead_to(monkeypatch, *answers):
    """Each time a name is asked for, the next of these; returns what is left."""
    left = list(answers)

    def ask(host, port, **how):
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in left.pop(0)]

    monkeypatch.setattr(outside.socket, "getaddrinfo", ask)
    return left


def test_s09_a_page_that_may_be_seen_is_seen(site):
    site.pages["/"] = TITLE
    assert title_at(site.url("/")) == "Found"


@pytest.mark.parametrize(
    "url",
    [
        *("http://127.0.0.1/", "http://[::1]/", "http://[::ffff:127.0.0.1]/", "http://0.0.0.0/", "http://0/"),
        *("http://2130706433/", "http://0177.0.0.1/", "http://0x7f.1/", "http://127.1/", "http://localhost/"),
        *("http://169.254.169.254/latest/meta-data/", "http://10.0.0.1/", "http://[64:ff9b::127.0.0.1]/"),
        *("file:///etc/passwd", "gopher://example.org/", "ftp://example.org/", "http:///x", "http://[/"),
        *(REDIS, "http://example.org:6379/", "https://example.org:80/", "http://example.org:99999/"),
        *("http://ada:secret@example.org/", "http://@example.org/", "http://example.org@127.0.0.1/"),
    ],
)
def test_s09_what_is_no_public_page_is_not_connected_to(url, connected, monkeypatch):
    if "example.org" in url:
        names_lead_to(monkeypatch, [PUBLIC])
    assert title_at(url) is None and connected == []


def test_s09_a_public_page_would_be_connected_to(connected, monkeypatch):
    names_lead_to(monkeypatch, [PUBLIC])
    assert title_at("http://example.org/") is None and connected == [(PUBLIC, 80)]


@pytest.mark.parametrize("found", [[INNER], [PUBLIC, "10.0.0.1"], ["::ffff:10.0.0.1"], []])
def test_s09_a_name_that_leads_inside_is_not_connected_to(connected, monkeypatch, found):
    names_lead_to(monkeypatch, found)
    assert title_at("http://localtest.example/") is None and connected == []


def test_s09_a_name_is_asked_once_and_its_second_answer_never_used(connected, monkeypatch):
    left = names_lead_to(monkeypatch, [PUBLIC], [INNER])
    title_at("https://rebinding.example/")
    assert connected == [(PUBLIC, 443)] and left == [[INNER]]


def test_s09_the_certificate_must_be_of_the_name_though_the_address_is_held(monkeypatch):
    """The address is pinned; whom the certificate is for is asked by the name."""
    asked = []

    class Context:
        def wrap_socket(self, sock, server_hostname):
            asked.append(server_hostname)
            raise ConnectionResetError

    monkeypatch.setattr(outside, "_tls", Context)
    monkeypatch.setattr(outside.socket, "create_connection", lambda *where: None)
    names_lead_to(monkeypatch, [PUBLIC])
    title_at("https://example.org/")
    assert asked == ["example.org"]


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize(
    "target", [REDIS, "http://127.0.0.1/", "file:///etc/passwd", "//localhost/", "http://a@b/"]
)
def test_s09_a_redirect_is_looked_at_like_a_link(site, status, target):
    site.pages["/"] = (status, {"Location": target}, b"")
    assert title_at(site.url("/")) is None and [path for path, _ in site.asked] == ["/"]


def test_s09_three_redirects_are_followed_and_no_fourth(site):
    for step in range(5):
        site.pages[f"/{step}"] = (302, {"Location": f"/{step - 1}"}, b"") if step else TITLE
    assert title_at(site.url("/3")) == "Found"
    assert title_at(site.url("/4")) is None
    assert [path for path, _ in site.asked[4:]] == ["/4", "/3", "/2", "/1"]


def test_s09_no_more_is_read_than_a_page_needs(site):
    site.pages["/end"] = TITLE + b" " * 50_000_000
    site.pages["/late"] = b" " * LARGEST + TITLE
    assert title_at(site.url("/end")) == "Found"
    assert title_at(site.url("/late")) is None


def test_s09_a_bomb_is_unpacked_no_further(site, monkeypatch):
    sizes = []
    monkeypatch.setattr(
        looking, "metadata_in", lambda content, charset: sizes.append(len(content)) or page.metadata_in(b"")
    )
    site.pages["/"] = (200, {"Content-Encoding": "gzip"}, gzip.compress(TITLE + b" " * 100_000_000))
    title_at(site.url("/"))
    assert sizes == [LARGEST]


def test_s09_a_packed_page_is_read(site):
    site.pages["/"] = (200, {"Content-Encoding": "gzip"}, gzip.compress(TITLE))
    site.pages["/odd"] = (200, {"Content-Encoding": "br"}, TITLE)
    site.pages["/lie"] = (200, {"Content-Encoding": "gzip"}, TITLE)
    assert [title_at(site.url(path)) for path in ("/", "/odd", "/lie")] == ["Found", None, None]


def test_s09_whoever_drips_is_left_in_time(site, monkeypatch):
    monkeypatch.setattr(looking, "TIME", 0.4)
    site.pages["/"] = (200, {}, None)
    began = time.monotonic()
    look = Look(site.url("/"))
    assert look.found() is None and time.monotonic() - began < 1
    look.join(2)
    assert not look.is_alive() and site.is_closing.wait(2)  # it has hung up


def test_s09_all_of_a_look_has_three_seconds():
    assert looking.TIME == 3.0 and LARGEST == 512 * 1024


@pytest.mark.parametrize(
    "content_type", ["text/plain", "application/json", "image/png", "application/octet-stream"]
)
def test_s09_what_is_no_page_is_not_read(site, content_type):
    site.pages["/"] = (200, {"Content-Type": content_type}, TITLE)
    assert title_at(site.url("/")) is None


def test_s09_nothing_of_ours_is_told_to_a_site(site):
    site.pages["/"] = (302, {"Location": "/x", "Set-Cookie": "who=ada"}, b"")
    site.pages["/x"] = TITLE
    assert title_at(site.url("/")) == "Found"
    for _, headers in site.asked:
        assert headers.keys() == {"Host", "User-Agent", "Accept", "Accept-Encoding", "Connection"}
        assert headers["User-Agent"] == "PrizmAI-Preview"


@pytest.mark.parametrize(
    "charset", ["punycode", "idna", "zip", "rot13", "utf-7", "no-such", "unicode_escape"]
)
def test_s09_a_page_chooses_no_way_to_be_read_that_is_slow(site, charset):
    site.pages["/"] = (200, {"Content-Type": f"text/html; charset={charset}"}, TITLE + b"-" * 400_000)
    began = time.monotonic()
    assert title_at(site.url("/")) == "Found" and time.monotonic() - began < 1


HOSTILE = [
    "<",
    "<a ",
    "<!--",
    "<meta content='",
    "&",
    "<title>",
    "<script>",
    "</",
    "<?",
    "<![CDATA[",
    "<![x[",
]


@pytest.mark.parametrize("hostile", HOSTILE)
def test_s09_no_page_is_slow_to_be_read(site, hostile):
    site.pages["/"] = TITLE + hostile.encode() * (LARGEST // len(hostile))
    began = time.monotonic()
    assert title_at(site.url("/")) == "Found" and time.monotonic() - began < 2
