"""Who may sign in at first: the demo on a machine of one's own, else an administrator by a link."""

import pytest

from accounts.models import User
from operations import demo
from operations.start.options import parse
from operations.start.preparing import welcome
from operations.start.sorry import Sorry

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def usual_hosts(settings):
    settings.ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]  # without Django's own "testserver"


def test_an_empty_database_on_loopback_gets_the_demo():
    (line,) = welcome(parse([]))
    assert "ada, bob" in line and demo.PASSWORD in line
    assert welcome(parse([])) == [line]  # and is told of it again at the next start


@pytest.mark.parametrize("options", [["--no-demo"], ["--host", "0.0.0.0"]])
def test_any_other_empty_database_gets_a_link_for_the_first_administrator(options):
    said = welcome(parse(options))
    assert "/accounts/first/" in said[-1]
    assert not User.objects.exists()


def test_there_is_no_link_once_there_is_an_administrator():
    User.objects.create_superuser("grace", password="x")
    assert welcome(parse(["--no-demo"])) == []


@pytest.mark.parametrize("origin", [None, "https://chat.example.org"])
def test_the_demo_is_never_where_others_can_reach_it(settings, origin):
    demo.make()
    options = ["--host", "0.0.0.0"]
    if origin:  # a proxy on the same machine leads others here
        options, settings.ALLOWED_ORIGINS = [], [origin]
    with pytest.raises(Sorry, match="everyone knows"):
        welcome(parse(options))


def test_no_demo_is_made_behind_a_proxy(settings):
    settings.ALLOWED_ORIGINS = ["https://chat.example.org"]
    assert "/accounts/first/" in welcome(parse([]))[-1]
    assert not User.objects.exists()
