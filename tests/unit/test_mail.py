"""How mail leaves is read from EMAIL_URL, and what is wrong with it is told without a word of what it holds."""

from urllib.parse import quote

import pytest
from django.core.exceptions import ImproperlyConfigured

from kanban_board.mail import Mail, leaving_by


def test_an_address_names_everything():
    assert leaving_by("smtp://ada:hush@mail.example.org:2525") == Mail(
        "smtp", "mail.example.org", 2525, "ada", "hush", starts_tls=True
    )
    assert leaving_by("smtps://mail.example.org") == Mail("smtps", "mail.example.org", 465)
    assert leaving_by("smtp://mail.example.org").port == 587
    assert leaving_by("console://").is_printed


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
