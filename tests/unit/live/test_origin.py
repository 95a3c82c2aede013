"""S34: only the exact origin of the request, or a listed one, opens a line."""

import pytest

from live.arriving.origin import is_welcome


def scope(origin, host="chat.example.org:8000", scheme="ws", **headers):
    pairs = [(b"host", host.encode())] if host else []
    if origin is not None:
        pairs.append((b"origin", origin.encode("latin-1")))
    pairs += [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    return {"headers": pairs, "scheme": scheme, "path": "/ws/inbox/"}


@pytest.fixture(autouse=True)
def hosts(settings):
    settings.ALLOWED_HOSTS = ["chat.example.org", "localhost"]
    settings.ALLOWED_ORIGINS = []
    settings.HTTPS = False


def test_the_own_origin_is_welcome():
    assert is_welcome(scope("http://chat.example.org:8000"))
    assert is_welcome(scope("http://localhost", host="localhost:80"))


@pytest.mark.parametrize(
    "origin",
    [
        None,
        "",
        "null",
        "https://chat.example.org:8000",
        "http://chat.example.org",
        "http://chat.example.org:8001",
        "http://www.chat.example.org:8000",
        "http://chat.example.org.evil.net:8000",
        "http://evilchat.example.org:8000",
        "http://ada@chat.example.org:8000",
        "http://chat.example.org:8000/path",
        "http://chat.example.org:8000?",
        "http://[::1",
        "http://chat.example.org:port",
        "chat.example.org:8000",
        "file://",
        "http://\xe9xample.org",
    ],
)
def test_any_other_origin_is_not(origin):
    assert not is_welcome(scope(origin))


def test_a_listed_origin_is_welcome_and_its_neighbour_is_not(settings):
    settings.ALLOWED_ORIGINS = ["http://board.example.org"]
    assert is_welcome(scope("http://board.example.org"))
    assert not is_welcome(scope("http://board.example.org:81"))


def test_a_host_that_is_not_ours_cannot_vouch_for_itself():
    assert not is_welcome(scope("http://evil.net:8000", host="evil.net:8000"))


def test_two_origins_are_none():
    doubled = scope("http://chat.example.org:8000")
    doubled["headers"].append((b"origin", b"http://chat.example.org:8000"))
    assert not is_welcome(doubled)


def test_behind_tls_only_tls_is_welcome(settings):
    settings.HTTPS = True
    settings.ALLOWED_ORIGINS = ["https://chat.example.org"]
    plain = scope("http://chat.example.org", host="chat.example.org")
    assert not is_welcome(plain)
    assert is_welcome(scope("https://chat.example.org", host="chat.example.org", x_forwarded_proto="https"))
    assert not is_welcome(
        scope("https://chat.example.org", host="chat.example.org", x_forwarded_proto="http")
    )
