"""Rows come to the database as they are, whichever it is, and however many."""

import pytest
from django.db import DataError, connection, transaction

from accounts.models import User
from live.database.many import find, insert, new
from live.database.rows import as_told
from messaging.models import Conversation, Message

ALL = "SELECT column1, column2 FROM ({rows}) AS told"
ON_SQLITE = pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL is told everything at once")


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, 2, 3, 300, 1_000])
def test_what_is_told_is_what_is_found(count):
    rows = [(number, f"ä '%s' {{}} \" \\ {number}") for number in range(count)]
    assert sorted(set(find(ALL, rows))) == sorted(rows)


@pytest.mark.django_db
def test_about_nothing_nothing_is_asked(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert find(ALL, []) == []


@ON_SQLITE
@pytest.mark.parametrize("may_repeat", [True, False])
def test_few_statements_serve_every_number_of_rows(may_repeat):
    told = {
        query
        for count in range(1, 1_000)
        for query, *_ in as_told(connection, [(1, 2)] * count, may_repeat=may_repeat)
    }
    assert len(told) == 8  # one row, two, four ... 128


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite counts what it is told")
def test_it_is_known_how_many_rows_there_are():
    ((query, values, _),) = as_told(connection, [(1, 2)] * 3)
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN {query}", values)
        assert "rows=3 " in cursor.fetchone()[0]


@pytest.mark.django_db
def test_a_new_row_is_as_if_its_model_had_been_called(ada, hangar):
    what = {"conversation": hangar, "author": ada, "reply_to": None, "seq": 7, "body": "hello"}
    quick, usual = new(Message, what), Message(**what)
    for field in Message._meta.concrete_fields:
        if field.name != "created_at":
            assert getattr(quick, field.attname) == getattr(usual, field.attname)
    assert quick.author is ada and quick.conversation is hangar and quick.reply_to is None
    assert quick.created_at >= usual.created_at.replace(microsecond=0) and quick._state.adding


@pytest.mark.django_db
def test_rows_are_kept_whole_and_know_their_ids(ada, hangar):
    room = Conversation.objects.visible_to(ada).get(pk=hangar.pk)
    start = room.last_seq + 1_000
    rows = [
        new(Message, {"conversation": room, "author": ada, "seq": seq, "revision": seq, "born": seq, **what})
        for seq, what in enumerate(
            [
                {"body": "ä\n'%s' \\u0041", "event": {"what": "said", "list": [1, None]}},
                *[{"body": "b"}] * 70,
            ],
            start,
        )
    ]
    insert(rows)
    kept = Message.objects.in_bulk([row.pk for row in rows])
    for row in rows:
        assert not row._state.adding
        for field in Message._meta.concrete_fields:
            assert getattr(kept[row.pk], field.attname) == getattr(row, field.attname), field.name


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite minds no length")
def test_what_is_too_long_is_refused_and_not_cut():
    user = new(User, {"username": "x" * 200})
    with pytest.raises(DataError), transaction.atomic():
        insert([user])
