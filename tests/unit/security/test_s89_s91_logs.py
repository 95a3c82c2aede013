"""Logs tell what strangers tried, and neither what people said nor what opens doors; and no stranger writes in them."""

import io
import logging
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils.module_loading import import_string

from live.arriving.door import Door
from live.servers import starting as servers
from live.sockets.violations import KEYS, note, note_socket
from messaging.models import Message

from .addresses import patterns
from .attacks import SCRIPT, asks, browser_of
from .conftest import say

EVIL = "x\r\n2026-01-01 00:00:00 INFO live.security all is well\x1b[2J\x85\u2028\u202e"


@pytest.fixture
def written():
    """Everything that is logged at any level, as it would stand in the file."""
    file = io.StringIO()
    handler = logging.StreamHandler(file)
    said = dict(settings.LOGGING["formatters"]["line"])
    handler.setFormatter(import_string(said.pop("()"))(**said))
    root, level = logging.getLogger(), logging.getLogger().level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield lambda: file.getvalue()
    root.removeHandler(handler)
    root.setLevel(level)


def lines_of(text, what):
    return [line for line in text.splitlines() if f"live.security {what} " in line]


@pytest.mark.parametrize("log", ["live", "django.request", "celery", "anything"])
def test_s89_a_line_stays_one_line(written, log):
    logging.getLogger(log).error("somebody called %s came", EVIL)
    assert len(written().splitlines()) == 1
    assert not set(written().rstrip("\n")) & set("\r\n\x1b\x85\u2028\u202e")
    assert "\\x1b[2J" in written() and "\\n2026-01-01" in written()


@pytest.mark.parametrize("debug", ["0", "1"])
def test_s89_a_line_of_django_is_written_once(debug, tmp_path):
    """By its own, too, where the code is changed."""
    code = "import django, logging; django.setup(); logging.getLogger('django.utils').warning('Seen')"
    env = {**os.environ, "DEBUG": debug, "PRIZMAI_DATA": str(tmp_path)}
    told = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, timeout=60)
    assert told.stderr.count("Seen") == 1, told.stderr


def test_s89_a_traceback_is_not_painted_either(written):
    try:
        raise ValueError(EVIL)
    except ValueError:
        logging.getLogger("live").exception("failed")
    assert not set(written()) & set("\r\x1b\x85\u2028\u202e")


def test_s89_what_strangers_choose_stands_in_quotes(written):
    note("forbidden", user_id=3, address="192.0.2.7", origin=EVIL, path=f'/x" user=1 path="{EVIL}')
    (line,) = written().splitlines()
    assert line.count("live.security") == 3 and line.index(" user=3 ") < line.index("origin=")
    assert '\\" user=1' in line


def scope(**headers):
    said = [(name.replace("_", "-").encode(), value.encode("latin-1")) for name, value in headers.items()]
    return {
        "path": f"/ws/inbox/{EVIL}",
        "client": ("192.0.2.7", 5),
        "headers": said,
        "scheme": "ws",
        "user": None,
    }


async def test_s91_a_refused_origin_is_one_line(written):
    heard = []

    async def receive():
        return {"type": "websocket.connect"}

    async def send(message):
        heard.append(message)

    opens = Door([], None, None)
    await opens(scope(origin="http://evil.example\x0b", host="testserver"), receive, send)
    assert heard == [{"type": "websocket.close", "code": 4403}]
    (line,) = lines_of(written(), "refused_origin")
    assert 'address="192.0.2.7"' in line and 'origin="http://evil.example\\u000b"' in line


def test_s91_behind_a_proxy_the_line_names_whom_it_speaks_for(written, settings):
    spoofed = scope(x_forwarded_for="203.0.113.9, 198.51.100.3")
    note_socket("forbidden", spoofed)
    settings.HTTPS = True
    note_socket("forbidden", spoofed)
    first, second = lines_of(written(), "forbidden")
    assert 'address="192.0.2.7"' in first and 'address="198.51.100.3"' in second


@pytest.mark.parametrize(
    ("what", "method", "path"),
    [("not_found", "GET", "{board}"), ("not_found", "GET", "{room}"), ("forbidden", "POST", "{messages}")],
)
def test_s91_a_try_at_what_is_anothers_is_one_line(scene, written, what, method, path):
    there = path.format(
        board=scene.board.url,
        room=scene.private.url,
        messages=f"/messaging/conversation/{scene.private.pk}/messages/",
    )
    asks(scene.eve, method, there, {"message": "let me in"}, HTTP_ORIGIN="http://testserver")
    (line,) = lines_of(written(), what)
    assert f"user={scene.eve.pk} " in line and 'address="127.0.0.1"' in line and f'path="{there}"' in line


def test_s91_a_form_from_elsewhere_is_one_line(scene, written):
    client = browser_of(scene.ada, enforce_csrf_checks=True)
    client.post("/boards/new/", {"name": "x"}, HTTP_ORIGIN="http://evil.example")
    (line,) = lines_of(written(), "forbidden")
    assert 'origin="http://evil.example"' in line and f"user={scene.ada.pk} " in line


def test_s91_too_fast_is_one_line(scene, written, settings):
    settings.LIVE = {**settings.LIVE, "posts_per_second": 0.01, "posts_burst": 3}
    client, there = browser_of(scene.bob), f"/messaging/conversation/{scene.hangar.pk}/messages/"
    answers = [client.post(there, {"message": "x"}, headers=SCRIPT).status_code for _ in range(5)]
    lines = lines_of(written(), "rate_limited")
    assert len(lines) == answers.count(429) > 0
    assert f"user={scene.bob.pk} " in lines[0]


def test_s90_no_log_holds_what_was_said_or_what_opens_doors(scene, written):
    scene.ada.set_password("the password of ada")
    scene.ada.save()
    client = Client(raise_request_exception=False)
    client.post("/accounts/login/", {"login": "ada", "password": "the password of ada"})
    client.post("/accounts/login/", {"login": "bob", "password": "a wrong password"})
    client = browser_of(scene.ada)
    there = f"/messaging/conversation/{scene.private.pk}/messages/"
    client.post(there, {"message": "words for few"})
    client.post(there, {"message": "words for few " * 1_000})
    client.get(f"{there}?before=10")
    asks(scene.eve, "POST", there, {"message": "words for few"})
    say(scene.ada, scene.private, "words for few @bob")
    asks(None, "GET", f"/accounts/first/{scene.token}x/")
    asks(None, "GET", f"/accounts/join/{scene.invite_token}/")
    asks(None, "GET", f"/accounts/join/{scene.invite_token}x/")
    asks(scene.eve, "GET", scene.file.url)
    text = written()
    secrets = [
        scene.token,
        scene.invite_token,
        scene.file.key,
        "words for few",
        "the password",
        "a wrong password",
        settings.SECRET_KEY,
    ]
    secrets += [cookie.value for cookie in client.cookies.values()]
    assert Message.objects.filter(body__contains="words for few").exists() and "live.security" in text
    assert [secret for secret in secrets if secret in text] == []


@pytest.mark.parametrize("what", ["a failure", "a forged form"])
def test_s90_django_names_no_path_that_is_a_key(scene, written, monkeypatch, what):
    there = f"/accounts/join/{scene.invite_token}/"
    if what == "a failure":
        monkeypatch.setattr("accounts.views.coming_in.render", lambda *args, **how: 1 / 0)
        Client(raise_request_exception=False).get(there)
    else:
        Client(enforce_csrf_checks=True).post(there)
    assert "/accounts/join/<str:token>/" in written() and scene.invite_token not in written()


def test_s90_a_letter_without_a_way_out_is_not_written_down(scene, written, settings, capsys):
    settings.EMAIL_BACKEND = "accounts.mail.NoWayOut"
    scene.ada.email = "ada@example.org"
    scene.ada.save()
    asked = Client().post("/accounts/password/reset/", {"email": "ada@example.org"})
    assert asked.status_code == 302
    assert written().count("A letter could not leave: EMAIL_URL is not set.") == 1
    for kept in (written(), *capsys.readouterr()):
        assert "/password/reset/key/" not in kept and "ada@example.org" not in kept


def test_s63_servers_do_not_log_addresses():
    """The address of a new password's page is the key to it."""
    import os

    assert "--no-access-log" in servers.UVICORN_ARGUMENTS
    assert servers.DAPHNE_ARGUMENTS[servers.DAPHNE_ARGUMENTS.index("--access-log") + 1] == os.devnull


def holding_keys():
    """{name: an example of each address that holds a key}"""
    filling = {"token": "x1", "key": "x2", "uidb36": "x3", "size": 64}
    asked = {
        name: one.pattern.regex.groupindex for name, one in patterns().items() if one.pattern.regex.groupindex
    }
    return {
        name: reverse(name, kwargs={argument: filling[argument] for argument in arguments})
        for name, arguments in asked.items()
        if not KEYS.isdisjoint(arguments)
    }


def test_s63_nor_does_the_proxy_that_we_ship():
    """The other keys are names of files, which open for those alone who may see them."""
    site = (Path(__file__).parents[3] / "docs/deploy/nginx.conf").read_text()
    (keys,) = re.findall(r'map \$uri \$prizmai_logged {\s+default 1;\s+"~(\S+)" 0;\s+}', site)
    logged = {name for name, example in holding_keys().items() if not re.search(keys, example)}
    assert logged == {
        "accounts:face",
        "api:fetch",
        "messaging:discard_export",
        "messaging:export",
        "messaging:file",
        "messaging:preview",
    }
    assert re.search(keys, "/accounts/join/x1/") and not re.search(keys, "/accounts/login/")
    servers_of_it = site.split("server {")[1:]
    assert len(servers_of_it) == 2
    assert all(
        "access_log /var/log/nginx/access.log prizmai if=$prizmai_logged;" in one for one in servers_of_it
    )


def test_s63_nor_every_line_that_comes_and_goes(caplog):
    logger = logging.getLogger("uvicorn.error")
    with caplog.at_level(logging.INFO, logger="uvicorn.error"):
        logger.info('%s - "WebSocket %s" [accepted]', "203.0.113.7:4711", "/ws/inbox/")
        logger.info("connection open")
        logger.info("Application startup complete.")
        logger.warning("connection lost in a strange way")
    assert caplog.messages == ["Application startup complete.", "connection lost in a strange way"]
