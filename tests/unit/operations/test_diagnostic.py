"""What the diagnostic finds, one question at a time."""

import json
import os
import re
import socket
import sys
import time
from datetime import timedelta
from pathlib import Path
from ssl import SSLCertVerificationError
from unittest.mock import MagicMock, Mock

import pytest
from django.db import NotSupportedError, OperationalError, connection
from django.db.backends.postgresql.features import DatabaseFeatures
from django.db.migrations import executor
from django.utils import timezone

from accounts.models import AuditEntry, Session
from messaging.models import Conversation
from operations.database_cures import cure_of
from operations.doctor import database, jobs, processes, quiet, report, road, web
from operations.doctor.finding import well, wrong
from operations.doctor.main import CHECKS, main
from operations.doctor.place import Place
from operations.doctor.trial import trial
from operations.health import keeping
from operations.models import Heartbeat, LineProcess
from operations.websocket_by_hand import Closed, NoUpgrade

from .test_by_hand import answering

NOBODY = "http://127.0.0.1:1"
GUIDE = Path(__file__).parents[3] / "docs/self-hosting.md"


@pytest.fixture
def place():
    class Place:
        def need_django(self):
            pass

    return Place()


@pytest.mark.parametrize("secret", ["name", 'pä"ss'])
def test_a_secret_is_struck_out_of_what_is_told_to_a_program_and_nothing_else_is(secret):
    found = wrong("Redis", f"None at redis://:{secret}@host.", f"Not {secret}.")
    told = json.loads(report.as_json([found], {secret}, NOBODY))
    assert told["findings"] == [wrong("Redis", "None at redis://:********@host.", "Not ********.").as_dict()]
    assert "********@host" in report.as_text(found, {secret})


def test_each_finding_is_told_before_the_next_is_looked_for(tmp_path, monkeypatch, capsys):
    def look(place):
        yield well("Redis", "Answers.")
        assert "ok     Redis: Answers.\n" in capsys.readouterr().out
        yield wrong("Mail", "None leaves.", "See to it.")

    monkeypatch.setattr("logging.disable", lambda level: None)
    monkeypatch.setattr(sys.modules[main.__module__], "examine", look)
    assert main(["--data", str(tmp_path)]) == 1
    told = capsys.readouterr().out
    assert (
        told
        == "WRONG  Mail: None leaves.\n         -> See to it.\n\n"
        + report.verdict([wrong("Mail", "None leaves.", "See to it.")])
        + "\n"
    )


def test_what_waits_is_looked_at_last():
    assert [*CHECKS][-1] == quiet.NAME


def test_an_old_database_is_to_be_upgraded(place, monkeypatch):
    monkeypatch.setattr(connection.features, "minimum_database_version", (99,))
    monkeypatch.setattr(connection, "get_database_version", lambda: (13, 4))
    monkeypatch.setattr(executor, "MigrationExecutor", lambda one: one.check_database_version_supported())
    (found,) = database.check(place)
    assert "99 or later is required (found 13.4)" in found.what
    assert "14 or newer" in found.cure


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("ago", "ok", "told"),
    [
        (20, True, "Was heard 20 s ago."),
        (-5, True, "Was heard 0 s ago."),
        (100, False, "was last heard"),
        (-82_800, False, "82800 s from now"),
    ],
)
def test_beat_is_heard_at_a_time_that_can_be(place, ago, ok, told):
    Heartbeat.objects.create(name="beat", at=timezone.now() - timedelta(seconds=ago))
    (found,) = jobs.check_beat(place)
    assert found.ok is ok and told in found.what


@pytest.mark.django_db(transaction=True)
def test_a_database_that_takes_nothing_is_told(place):
    setting = "PRAGMA query_only" if connection.vendor == "sqlite" else "SET default_transaction_read_only"
    with connection.cursor() as cursor:
        cursor.execute(f"{setting} = on")
    try:
        (found,) = road.check(place)
    finally:
        connection.ensure_connection()
        connection.cursor().execute(f"{setting} = off")
    assert found.ok is False and found.what.startswith("It cannot be saved: ")
    assert "rights of the data folder" in found.cure or "the primary" in found.cure


@pytest.mark.parametrize("status", [502, 503, 504])
def test_a_proxy_with_nobody_behind_it_is_no_other_program(status, tmp_path):
    port = answering(b"HTTP/1.1 %d Bad\r\nServer: nginx\r\nContent-Length: 3\r\n\r\nbad" % status)
    (found,) = web.check(Place([f"http://127.0.0.1:{port}"], tmp_path))
    assert found.what.endswith(f"does not reach the web server (HTTP {status}).")
    assert "systemctl status prizmai-web" in found.cure and "docker compose ps" in found.cure


def test_a_certificate_that_is_not_good_is_told_with_its_reason(tmp_path, monkeypatch):
    error = SSLCertVerificationError()
    error.verify_message = "certificate has expired"
    monkeypatch.setattr(web, "ask_http", Mock(side_effect=error))
    (found,) = web.check(Place([NOBODY], tmp_path))
    assert "is not good (certificate has expired)" in found.what and "renewed" in found.cure


def test_who_speaks_no_tls_is_told(tmp_path):
    port = answering(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")
    (found,) = web.check(Place([f"https://127.0.0.1:{port}"], tmp_path))
    assert found.what.endswith(f"127.0.0.1:{port} speaks no TLS.") and "http://" in found.cure


@pytest.mark.parametrize("check", [web.check, web.check_line])
def test_a_proxy_that_leads_to_https_is_no_server_without_lines(check, tmp_path):
    port = answering(
        b"HTTP/1.1 301 Moved\r\nLocation: https://chat.example.org/\r\nContent-Length: 0\r\n\r\n"
    )
    (found,) = check(Place([f"http://127.0.0.1:{port}"], tmp_path))
    assert found.what.endswith("sends everybody on to https.") and "--url" in found.cure


def test_another_program_is_still_told_apart(tmp_path):
    port = answering(b"HTTP/1.1 404 Not Found\r\nServer: nginx\r\nContent-Length: 3\r\n\r\nbad")
    (found,) = web.check(Place([f"http://127.0.0.1:{port}"], tmp_path))
    assert "Another program has this port" in found.cure


@pytest.mark.django_db(transaction=True)
def test_a_trial_leaves_nothing_behind_not_even_in_the_audit_log(django_user_model):
    bob = django_user_model.objects.create(username="diagnostic-bob")
    with trial() as (conversation, cookies):
        assert Conversation.objects.filter(pk=conversation).exists() and len(cookies) == 2
    assert not Conversation.objects.exists() and not Session.objects.exists()
    assert list(django_user_model.objects.all()) == [bob]
    assert not AuditEntry.objects.exists()
    django_user_model.objects.all().delete()
    assert AuditEntry.objects.get().word == "person.deleted"


@pytest.mark.parametrize(
    ("vendor", "told", "cure"),
    [
        ("sqlite", "database or disk is full", "Free some space"),
        ("sqlite", "attempt to write a readonly database", "rights of the data folder"),
        ("sqlite", "database is locked", "Another program"),
        ("sqlite", "disk I/O error", "not on a network drive"),
        ("sqlite", "locking protocol", "not on a network drive"),
        ("sqlite", "database disk image is malformed", "restore the last backup"),
        ("sqlite", "no such table: x", "correct DATABASE_URL"),
        ("postgresql", "cannot execute INSERT in a read-only transaction", "the primary"),
        ("postgresql", "could not extend file: No space left on device", "Free some space"),
        ("postgresql", "connection refused", "Start it"),
        ("postgresql", 'FATAL:  password authentication failed for user "ada"', "user and password"),
        ("postgresql", "fe_sendauth: no password supplied", "user and password"),
        ("postgresql", 'FATAL:  database "chat" does not exist', "createdb"),
        ("postgresql", 'FATAL:  role "ada" does not exist', "createuser"),
        ("postgresql", 'FATAL:  too many connections for role "ada"', "max_connections"),
        ("postgresql", "FATAL:  sorry, too many clients already", "max_connections"),
        ("postgresql", "FATAL:  the database system is starting up", "wait a moment"),
        ("postgresql", 'relation "messaging_message" does not exist', "correct DATABASE_URL"),
    ],
)
def test_each_refusal_of_a_database_has_its_cure(vendor, told, cure):
    assert cure in cure_of(OperationalError(told), vendor)


def test_the_guide_asks_for_the_database_that_django_asks_for():
    oldest = DatabaseFeatures.minimum_database_version[0]
    for written in (GUIDE.read_text(), cure_of(NotSupportedError(), "postgresql")):
        assert re.findall(r"PostgreSQL (\d+) or newer", written) == [str(oldest)]


def test_a_proxy_that_does_not_tell_of_https(tmp_path, monkeypatch):
    here, ours = "https://chat.example.org", b'{"process": "a"}'
    answers = {"/healthz": (200, {}, ours), web.PAGE: (301, {"location": f"{here}{web.PAGE}"}, b"")}
    monkeypatch.setattr(web, "ask_http", lambda url, path, headers: answers[path])
    monkeypatch.setattr(web, "WebSocket", Mock(side_effect=NoUpgrade(403, {})))
    for check in (web.check, web.check_line):
        (found,) = check(Place([here], tmp_path))
        assert found.ok is False and "lead to themselves" in found.what
        assert "X-Forwarded-Proto" in found.cure
    answers[web.PAGE] = (302, {"location": "https://id.example.org/sign-in"}, b"")
    assert next(web.check(Place([here], tmp_path))).ok


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("comes", "ok", "told"),
    [
        (TimeoutError(), True, "Was left open"),
        (Closed(1006), False, "Was cut after 0 s"),
        (Closed(1012), None, "no line opens"),
    ],
)
def test_a_proxy_without_patience(place, monkeypatch, comes, ok, told):
    place.urls, line = ["https://chat.example.org"], MagicMock()
    line.__enter__.return_value.hear.side_effect = comes
    line.__exit__.return_value = False
    monkeypatch.setattr(quiet, "open_line", lambda *where: line)
    (found,) = quiet.check(place)
    assert found.ok is ok and told in found.what


def test_where_there_is_no_proxy_nothing_is_waited_for(place):
    place.urls = ["http://127.0.0.1:8000"]
    assert not list(quiet.check(place))


class TestBehindOneAddress:
    """Of two processes, a and b, only a ever answers."""

    STATE = {"sockets": 1, "redis": "redis://r", "mode": "live", "hears": ["a", "b"]}

    @pytest.fixture
    def found(self, tmp_path, monkeypatch):
        def look(redis_is_away=False, **how_b_stands):
            state = {**self.STATE, "process": "a", "since": time.time() - 60}
            keeping.keep({**state, "process": "b", **how_b_stands}, {})
            body = json.dumps(state).encode()
            port = answering(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body))
            place = Place([f"http://127.0.0.1:{port}"], tmp_path)
            monkeypatch.setattr(place, "need_django", lambda: None)
            monkeypatch.setattr(processes, "ASKED", 1)
            monkeypatch.setattr(processes, "unreachable", lambda *where: redis_is_away)
            (finding,) = processes.check(place)
            return finding

        return look

    @pytest.mark.django_db(transaction=True)
    def test_another_installation_is_known_by_what_it_wrote(self, found):
        finding = found()
        assert finding.ok and "1 of 2 answered here" in finding.what
        assert f"(process {os.getpid()} on {socket.gethostname()})" in finding.what

    @pytest.mark.django_db(transaction=True)
    @pytest.mark.parametrize(
        ("stands", "told"),
        [
            ({"redis": "redis://elsewhere"}, "do not share a Redis: redis://elsewhere and redis://r"),
            ({"mode": "degraded"}, "1 of 2 work without Redis"),
            ({"hears": []}, "1 of 2 do not hear the others"),
        ],
    )
    def test_what_is_wrong_with_the_other_is_told(self, found, stands, told):
        finding = found(**stands)
        assert finding.ok is False and told in finding.what

    @pytest.mark.django_db(transaction=True)
    def test_a_redis_that_only_they_know_of_is_told(self, found):
        finding = found(redis_is_away=True)
        assert finding.ok is False and "They use the Redis at redis://r: this terminal" in finding.what

    @pytest.mark.django_db(transaction=True)
    def test_one_that_has_ended_is_not_counted(self, found, monkeypatch):
        keep = keeping.keep

        def keeps(*what):
            keep(*what)
            LineProcess.objects.update(at=timezone.now() - timedelta(seconds=30))

        monkeypatch.setattr(keeping, "keep", keeps)
        finding = found(redis="redis://elsewhere", mode="degraded")
        assert finding.ok and finding.what.startswith("1 answered")
