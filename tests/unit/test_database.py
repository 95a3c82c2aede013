"""How the database is named and opened."""

from pathlib import Path, PureWindowsPath

import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.db.models import F

from kanban_board.database import kept_at, sqlite_at
from messaging.models import Conversation, Draft


@pytest.mark.parametrize(
    "path",
    [
        Path("/srv/chat/prizmai.sqlite3"),
        Path("/srv/team #1/why?/100%41/für uns/prizmai.sqlite3"),
        PureWindowsPath(r"C:\Users\Ada #1\var\prizmai.sqlite3"),
    ],
    ids=["plain", "full of signs", "on Windows"],
)
def test_a_file_is_where_it_is_said_to_be(path):
    assert kept_at(sqlite_at(path))["NAME"] == str(path)


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("postgre://ada:hush@host/chat", "postgre:// is no kind of database"),
        ("mysql://ada:hush@host/chat", "only SQLite and PostgreSQL are used here"),
        ("postgis://ada:hush@host/chat", "only SQLite and PostgreSQL are used here"),
        ("chat.sqlite3", "it is no address"),
        ("postgres://ada:hu#sh@host/chat", "it is no address"),
        ("postgres://ada:hu/sh@host/chat", "it is no address"),
    ],
)
def test_an_address_that_cannot_be_read_is_named_without_its_password(url, told):
    with pytest.raises(ImproperlyConfigured) as caught:
        kept_at(url)
    assert f"DATABASE_URL cannot be read: {told}. Write it as" in str(caught.value)
    assert "%23" in str(caught.value) and "hu" not in str(caught.value)


@pytest.mark.django_db
def test_a_connection_keeps_little_of_the_file():
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL keeps its own")
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA cache_size")
        assert cursor.fetchone() == (-256,)  # KiB


@pytest.mark.django_db
@pytest.mark.parametrize("typed", ["МАРИЯ", "мария", "Мария"])
def test_case_makes_no_difference_in_any_alphabet(typed):
    people = get_user_model().objects
    people.create_user("Мария", display_name="100% Émile Ärger")
    people.create_user("Мариям")
    people.create_user("zoé", display_name="x% émile")
    begun, within = typed[:3], typed[2:]
    assert people.get(username__iexact=typed).username == "Мария"
    assert people.filter(username__istartswith=begun).count() == 2
    assert people.filter(username__icontains=within).count() == 2
    assert people.filter(username__iendswith=within).count() == 1
    for typed in ("0% ÉMILE Ä", "0% émile ä"):
        assert people.get(display_name__icontains=typed).username == "Мария"
    assert not people.filter(display_name__icontains="0_ émile").exists()


@pytest.mark.django_db
def test_case_makes_no_difference_in_long_texts_nor_between_columns():
    people = get_user_model().objects
    person = people.create_user("ada", display_name="ADA")
    room = Conversation.objects.create(kind="direct", is_private=True)
    Draft.objects.create(user=person, conversation=room, body="Zum Ärger", inbox_revision=1)
    assert Draft.objects.filter(body__icontains="ärger").exists()
    assert people.filter(username__iexact=F("display_name")).exists()
