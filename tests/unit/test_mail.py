"""How mail leaves is read from EMAIL_URL, and what is wrong with it is told without a word of what it holds."""

import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote

import pytest
from django.core.exceptions import ImproperlyConfigured

from kanban_board.mail import Mail, leaving_by

ROOT = Path(__file__).resolve().parents[2]
SET = """
from kanban_board import settings as s
print(s.EMAIL_BACKEND, s.EMAIL_HOST, s.EMAIL_PORT, s.EMAIL_HOST_USER, s.EMAIL_HOST_PASSWORD, end=" ")
print(s.EMAIL_USE_TLS, s.EMAIL_USE_SSL)
"""
SMTP = "django.core.mail.backends.smtp.EmailBackend"


def test_an_address_names_everything():
    assert leaving_by("smtp://ada:hush@mail.example.org:2525") == Mail(
        "smtp", "mail.example.org", 2525, "ada", "hush", starts_tls=True
    )
    assert leaving_by("smtps://mail.example.org") == Mail("smtps", "mail.example.org", 465)
    assert leaving_by("smtp://mail.example.org").port == 587
    assert not leaving_by("console://").has_server


@pytest.mark.parametrize("password", ["a/b", "a?b", "a#b", "50%off", "[a]", "a@b:c", "hüsh &+"])
def test_any_password_can_be_written(password):
    mail = leaving_by(f"smtp://ada%40example.org:{quote(password, safe='')}@mail.example.org:587")
    assert (mail.username, mail.password) == ("ada@example.org", password)
    assert password not in repr(mail)


@pytest.mark.parametrize(
    ("url", "is_encrypted"),
    [
        ("smtp://ada:hush@mail.example.org:25", True),
        ("smtp://ada:hush@mail.example.org:2525", True),
        ("smtp://10.0.0.7", True),
        ("smtp://[fd00::1]:25", True),
        ("smtps://localhost", True),
        ("smtp://localhost:25", False),
        ("smtp://127.0.0.1:587", False),
        ("smtp://[::1]", False),
        ("smtp://10.0.0.7:25?tls=no", False),
    ],
)
def test_nothing_leaves_this_machine_unencrypted_unless_that_was_said(url, is_encrypted):
    assert leaving_by(url).is_encrypted is is_encrypted


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("mail.hush.org:587", "begins with none of smtp://"),
        ("hush", "begins with none of smtp://"),
        ("http://ada:hush@mail.hush.org", "begins with none of smtp://"),
        ("smtp://ada:hu/sh@mail.hush.org:587", "no address"),
        ("smtp://ada:12/hush@mail.hush.org:587", "follows the host"),
        ("smtp://ada:12?hush@mail.hush.org:587", "follows the host"),
        ("smtp://ada:12#hush@mail.hush.org:587", "follows the host"),
        ("smtp://ada:hu[sh@mail.hush.org:587", "no address"),
        ("smtp://ada:hush@mail.hush.org:hush", "no address"),
        ("smtp://ada:hush\u2100@mail.hush.org", "no address"),
        ("smtp://ada:hush@", "no host"),
        ("smtp://mail.hush.org?tls=hush", "follows the host"),
    ],
)
def test_what_cannot_be_read_is_told_without_its_words(url, told):
    with pytest.raises(ImproperlyConfigured, match=f"EMAIL_URL cannot be read: .*{told}.*%2F") as raised:
        leaving_by(url)
    assert "hu" not in str(raised.value) and raised.value.__suppress_context__


@pytest.mark.parametrize(
    ("environment", "told"),
    [
        ({}, "accounts.mail.NoWayOut"),
        ({"EMAIL_URL": ""}, "accounts.mail.NoWayOut"),
        ({"EMAIL_URL": "console://"}, "accounts.mail.NoWayOut"),
        ({"DEBUG": "1"}, "django.core.mail.backends.console.EmailBackend"),
        ({"EMAIL_URL": "smtp://ada:hu%2Fsh@mail:2525"}, f"{SMTP} mail 2525 ada hu/sh True False"),
        ({"EMAIL_URL": "smtps://ada:hu%23sh@mail", "DEBUG": "1"}, f"{SMTP} mail 465 ada hu#sh False True"),
    ],
)
def test_the_settings_say_so(environment, told, tmp_path):
    """Letters are printed for developers alone: anywhere else what is printed is a log."""
    known = {key: value for key, value in os.environ.items() if key not in ("EMAIL_URL", "DEBUG")}
    known |= {"PRIZMAI_DATA": str(tmp_path), **environment}
    done = subprocess.run([sys.executable, "-c", SET], env=known, cwd=ROOT, capture_output=True, text=True)
    assert done.stdout.startswith(told), done.stderr


@pytest.mark.parametrize("name", ["PUBLIC_URL", "ALLOWED_ORIGINS"])
def test_links_in_letters_have_one_slash_after_the_host(name, tmp_path):
    environment = {
        key: value for key, value in os.environ.items() if key not in ("PUBLIC_URL", "ALLOWED_ORIGINS")
    }
    environment |= {"PRIZMAI_DATA": str(tmp_path), name: "https://chat.example.org/"}
    words = "from kanban_board import settings; print(settings.PUBLIC_URL)"
    done = subprocess.run(
        [sys.executable, "-c", words], env=environment, cwd=ROOT, capture_output=True, text=True
    )
    assert done.stdout == "https://chat.example.org\n", done.stderr


def test_the_server_is_shown_without_name_and_password():
    assert str(leaving_by("smtp://ada:hush@mail.example.org")) == "smtp://mail.example.org:587"
    assert str(leaving_by("smtps://ada:hush@[fd00::1]")) == "smtps://[fd00::1]:465"
