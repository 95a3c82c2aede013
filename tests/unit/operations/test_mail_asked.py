"""The diagnostic asks the mail server whether it would take a letter, and what it does not like is told with a cure."""

import socket

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from kanban_board.mail import leaving_by
from messaging import tasks
from messaging.actions.notices import mailing
from operations.doctor import mail
from operations.health import judging
from operations.models import Check

from ..messaging.mail_server import MailServer


class Place:
    note = {}

    def need_django(self):
        pass


@pytest.fixture
def server():
    server = MailServer()
    yield server
    server.closes()


@pytest.fixture
def found(settings, monkeypatch):
    """What is found of the server that this address leads to."""
    monkeypatch.setattr(mail, "PATIENCE", 0.5)

    def look(url):
        settings.MAIL = leaving_by(url)
        (finding,) = mail.check(Place())
        return finding

    return look


def test_a_server_that_answers_is_well_and_is_sent_nothing(found, server):
    finding = found(f"smtp://127.0.0.1:{server.port}")
    assert finding.ok and finding.what.endswith("not encrypted. The server answers.")
    assert [line.split()[0] for line in server.heard] == ["ehlo", "quit"] and server.letters == []


def test_a_server_that_refuses_the_login_is_told_without_its_words(found, server):
    answers = {"ehlo": b"250-well\r\n250 AUTH PLAIN", "AUTH": b"535 no such user ada"}
    server.answer = lambda words: answers.get(words.split()[0], b"250 well")
    finding = found(f"smtp://ada:hush@127.0.0.1:{server.port}")
    assert finding.ok is False and "refuses the login (SMTPAuthenticationError 535)" in finding.what
    assert "user and password" in finding.cure and "ada" not in finding.what + finding.cure


@pytest.mark.parametrize(
    ("url", "what", "cure"),
    [
        ("smtps://127.0.0.1:{}", "does not speak TLS", "465"),
        ("smtp://ada:hush@127.0.0.1:{}", "takes no login", "no user is named"),
        ("smtp://127.0.0.1:1", "nobody listens", "host and port"),
        ("smtp://mail.invalid:25?tls=no", "name is not known", "the host"),
    ],
)
def test_what_is_wrong_with_the_way_is_told_by_its_kind(found, server, url, what, cure):
    finding = found(url.format(server.port))
    assert finding.ok is False and what in finding.what and cure in finding.cure


def test_a_server_that_is_busy_turns_us_away(found, server):
    server.greeting = b"421 too busy"
    assert "turns us away (SMTPConnectError 421)" in found(f"smtp://127.0.0.1:{server.port}").what


def test_a_server_that_says_nothing_is_not_waited_for(found):
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        assert "does not answer" in found(f"smtp://127.0.0.1:{deaf.getsockname()[1]}").what


def test_a_server_that_only_the_launcher_knows_is_not_asked(found):
    Place.note = {"mail": "Leaves by smtp://elsewhere:25, not encrypted."}
    try:
        finding = found("smtp://127.0.0.1:1")
    finally:
        Place.note = {}
    assert finding.ok and finding.what == "Leaves by smtp://elsewhere:25, not encrypted."


class TestATrialLetter:
    @pytest.fixture
    def leaves_by(self, settings):
        def way(url):
            settings.MAIL = leaving_by(url)
            settings.EMAIL_BACKEND = settings.MAIL.backend(is_for_developers=False)
            settings.EMAIL_HOST, settings.EMAIL_PORT = settings.MAIL.host, settings.MAIL.port

        return way

    def test_says_that_it_was_taken(self, leaves_by, server, capsys):
        leaves_by(f"smtp://127.0.0.1:{server.port}")
        call_command("sendtestemail", "ada@example.org")
        assert server.addressees == ["ada@example.org"]
        assert f"smtp://127.0.0.1:{server.port} took it" in capsys.readouterr().out

    def test_without_a_server_fails(self, leaves_by):
        leaves_by("console://")
        with pytest.raises(CommandError, match="No letter leaves: EMAIL_URL is not set"):
            call_command("sendtestemail", "ada@example.org")

    @pytest.mark.parametrize(
        ("refused", "told"),
        [("ada@example.org", "takes none to that address"), ("prizmai@localhost", "DEFAULT_FROM_EMAIL")],
    )
    def test_a_letter_that_is_refused_says_why(self, leaves_by, server, refused, told):
        leaves_by(f"smtp://127.0.0.1:{server.port}")
        server.refuses = {refused}
        with pytest.raises(CommandError, match=told):
            call_command("sendtestemail", "ada@example.org")


@pytest.mark.django_db(transaction=True)
def test_letters_that_do_not_leave_are_told_until_one_leaves(monkeypatch):
    def comes_to(outcome):
        def sends():
            if isinstance(outcome, Exception):
                raise outcome
            return outcome

        monkeypatch.setattr(mailing, "mail_digests", sends)
        tasks.mail_digests.apply()
        return judging.letters()

    assert comes_to(0).ok
    finding = comes_to(mailing.NothingLeft("Letters that did not leave: 4, the last for X"))
    assert finding.ok is False and finding.what.startswith("Letters that did not leave: 4, the last for X, ")
    assert comes_to(0).ok is False
    assert comes_to(2).ok
    comes_to(mailing.NothingLeft("Letters that did not leave: 1"))
    Check.objects.update(at=timezone.now() - judging.TRIED_FOR * 2)
    assert judging.letters().ok
