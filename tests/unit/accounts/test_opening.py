"""A line is opened by whoever its session belongs to: the same person whom a page would greet, or nobody."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from accounts.models import Session, User
from accounts.sessions.opening import people_of, session_key_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def nina():
    return User.objects.create_user("nina", password="a long enough password")


@pytest.fixture
def key(nina):
    browser = Client()
    browser.force_login(nina)
    return browser.cookies[settings.SESSION_COOKIE_NAME].value


def opener(key):
    return people_of([key]).get(key)


def test_sessions_open_lines_for_their_people_in_two_queries(nina, key, django_assert_num_queries):
    people_of(["nobodyskey", key, None, key])
    with django_assert_num_queries(2):
        people = people_of(["nobodyskey", key, None, key])
    assert people.keys() == {key}
    found = people[key]
    assert found == nina and found.username == "nina" and found.date_joined == nina.date_joined


@pytest.mark.parametrize("key", [None, "", "nobodyskey", "\0", "ключ", "a" * 5_000, "' OR 1=1 --"])
def test_no_session_opens_nothing(key):
    assert opener(key) is None


def test_an_expired_session_opens_nothing(key):
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    assert opener(key) is None


def test_who_is_not_active_any_more_opens_nothing(nina, key):
    User.objects.update(is_active=False)
    assert opener(key) is None


def test_another_password_since_opens_nothing(nina, key):
    nina.set_password("quite another password")
    User.objects.update(password=nina.password)  # past save(), which would end the session itself
    assert opener(key) is None


def test_a_session_of_another_opens_nothing(nina, key):
    other = User.objects.create_user("olga", password="a long enough password")
    Session.objects.update(user_id=other.pk)
    assert opener(key) is None


def test_a_backend_that_is_not_used_any_more_opens_nothing(nina, key, settings):
    settings.AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
    assert opener(key) is None


def test_a_secret_that_was_replaced_still_vouches_while_it_is_listed(key, settings):
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another secret" * 5
    assert opener(key) is not None
    settings.SECRET_KEY_FALLBACKS = []
    assert opener(key) is None


def test_the_key_comes_from_the_cookie():
    name = settings.SESSION_COOKIE_NAME.encode()
    assert session_key_of({"headers": [(b"cookie", b"a=b; " + name + b"=abc")]}) == "abc"
    assert session_key_of({"headers": [(b"cookie", b"\xff\xfe;;=")]}) is None
    assert session_key_of({"headers": []}) is None
