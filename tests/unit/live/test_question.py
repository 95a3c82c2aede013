"""A question worded once answers as the query it is made of, whatever is asked, by whomever, on whatever connection."""

import threading
from functools import reduce
from operator import or_
from uuid import UUID, uuid4

import pytest
from django.contrib.auth import get_user_model
from django.db import connection, connections
from django.db.models import DateTimeField, Q, Value
from django.db.models.functions import Cast
from django.test.utils import CaptureQueriesContext

from live.database.question import Question
from messaging.models import Conversation

pytestmark = pytest.mark.django_db


def _named(name, id):
    return (
        get_user_model().objects.filter(username=name, pk__lte=id).values_list("pk", "username", "is_active")
    )


@pytest.fixture
def people():
    create = get_user_model().objects.create_user
    return [create(name, f"{name}@example.org") for name in ("ada", "bob", 'o\'brien %s ? {} "x"')]


@pytest.fixture
def named():
    return Question(_named, name=str, id=int)


def test_it_answers_as_the_query_does(people, named):
    for person in people:
        for id in (person.pk, person.pk - 1, 2**63 - 1, -(2**63), 0):
            asked = {"name": person.username, "id": id}
            assert list(map(tuple, named.ask(**asked))) == list(_named(**asked))


@pytest.mark.parametrize("id", [2**63, -(2**63) - 1, 10**40])
def test_numbers_that_no_database_holds_are_but_very_large_or_small(people, named, id):
    assert [name for _, name, _ in named.ask(name="ada", id=id)] == ["ada"] * (id > 0)


def test_what_is_asked_is_never_read_as_sql(people, named):
    for name in ("' OR 1=1 --", "ada' --", "%(id)s", "%s", "a blank, 0", ""):
        assert list(named.ask(name=name, id=2**62)) == []


def test_two_things_that_are_asked_at_once_do_not_mix(people):
    """Also when one's value is what stands for the other until then."""
    apart = Question(
        lambda least, most: get_user_model().objects.filter(pk__gte=least, pk__lte=most).values_list("pk"),
        least=int,
        most=int,
    )
    first, last = people[0].pk, people[-1].pk
    assert {id for (id,) in apart.ask(least=first, most=last)} == {one.pk for one in people}
    assert apart.ask(least=last, most=first) == []
    blank = apart._words_for()._blanks["least"]
    assert {id for (id,) in apart.ask(least=first, most=blank)} >= {one.pk for one in people}


def test_a_value_comes_back_as_the_model_would_read_it(people):
    def seen(id):
        found = get_user_model().objects.filter(pk=id)
        return found.values_list("is_active", "date_joined", Cast(Value("2026-01-02"), DateTimeField()))

    id = people[0].pk
    assert list(map(tuple, Question(seen, id=int).ask(id=id))) == list(seen(id))


@pytest.mark.parametrize("count", [1, 2, 3, 5])
def test_a_list_may_have_any_length(count):
    create = get_user_model().objects.create_user
    ids = [create(f"person{number}", f"{number}@example.org").pk for number in range(6)]
    question = Question(
        lambda ids: get_user_model().objects.filter(pk__in=ids).order_by("pk").values_list("pk"), ids=[int]
    )
    assert question.ask(ids=ids[:count]) == [(id,) for id in ids[:count]]
    assert question.ask(ids=[]) == []


def test_two_lists_are_asked_about_at_once(people):
    question = Question(
        lambda ids, names: (
            get_user_model()
            .objects.filter(username__in=names, pk__in=ids)
            .exclude(pk__in=ids, username="bob")
        ).values_list("username"),
        ids=[int],
        names=[str],
    )
    ada, bob, brien = people
    assert question.ask(ids=[ada.pk, bob.pk, brien.pk], names=["bob", "ada", "eve"]) == [("ada",)]
    with pytest.raises(ValueError, match="equally long"):
        question.ask(ids=[ada.pk], names=["ada", "bob"])


def test_what_is_asked_of_a_list_otherwise_than_whether_it_holds_something_is_refused(people):
    def word(ids, names):
        pairs = [Q(pk=id, username=name) for id, name in zip(ids, names, strict=True)]
        return get_user_model().objects.filter(reduce(or_, pairs)).values_list("username")

    with pytest.raises(ValueError, match="__in"):
        Question(word, ids=[int], names=[str]).ask(ids=[1, 2], names=["ada", "bob"])


def test_lists_of_like_lengths_share_their_words(people):
    worded = []

    def word(ids):
        worded.append(len(ids))
        return get_user_model().objects.filter(pk__in=ids).values_list("pk")

    question = Question(word, ids=[int])
    for count in range(1, 9):
        question.ask(ids=list(range(count)))
    assert worded == ([1] if connection.vendor == "postgresql" else [1, 2, 4, 8])


def test_a_query_for_rows_of_a_model_finds_them(people):
    question = Question(lambda id: get_user_model().objects.filter(pk=id), id=int)
    (found,) = question.ask(id=people[0].pk)
    assert (found, vars(found)["username"]) == (people[0], "ada")
    assert found.date_joined == people[0].date_joined and not found._state.adding


def test_what_is_related_is_found_with_it(people):
    room = Conversation.objects.create(kind="direct", is_private=True, created_by=people[0])
    rooms = Conversation.objects.select_related("created_by", "board")
    (found,) = Question(lambda id: rooms.filter(pk=id), id=int).ask(id=room.pk)
    with CaptureQueriesContext(connection) as queries:
        assert (found.created_by.username, found.board) == ("ada", None)
    assert not queries.captured_queries


def test_words_that_leave_something_out_are_refused(people):
    question = Question(lambda id, name: get_user_model().objects.filter(pk=id), id=int, name=str)
    with pytest.raises(ValueError, match="do not ask about name"):
        question.ask(id=1, name="ada")


def test_a_name_that_is_a_uuid_is_found():
    room = Conversation.objects.create(kind="direct", is_private=True)
    question = Question(
        lambda epochs: Conversation.objects.filter(epoch__in=epochs).values_list("pk", "epoch"), epochs=[UUID]
    )
    assert question.ask(epochs=[uuid4(), room.epoch]) == [(room.pk, room.epoch)]


@pytest.mark.django_db(transaction=True)
def test_it_is_worded_once_for_all_threads(people):
    worded = []

    def word(id):
        worded.append(id)
        return get_user_model().objects.filter(pk=id).values_list("pk")

    question, answers = Question(word, id=int), []

    def asks_all():
        answers.extend(question.ask(id=person.pk) for person in people)
        connections.close_all()

    asks_all()
    thread = threading.Thread(target=asks_all)
    thread.start()
    thread.join(timeout=20)
    assert answers == 2 * [[(person.pk,)] for person in people] and len(worded) == 1


def test_several_are_asked_about_at_once(people, named, django_assert_num_queries):
    """Worded as for one of them, whatever their number; what is not there is not found."""
    asked = [(person.username, person.pk) for person in people] + [("nobody", 2**62), ("ada", 0)]
    named.ask(name="ada", id=0)
    for several in (asked[:1], asked[:2], asked[::-1], 7 * asked):
        with django_assert_num_queries(1):
            found = named.ask_each(several)
        assert set(found) == {row for name, id in several for row in named.ask(name=name, id=id)}
    with django_assert_num_queries(0):
        assert named.ask_each([]) == []
    assert len(named._worded) == 1


def test_several_who_are_asked_about_do_not_mix(people):
    """Also when what is asked of one stands for what is asked of another until then."""
    question = Question(lambda name, id: _named(name, id).filter(pk=id), name=str, id=int)
    (ada, bob, _), blank = people, question._words_for()._blanks["id"]
    assert question.ask_each([("ada", bob.pk), ("bob", ada.pk), ("ada", blank)]) == []
    assert {id for id, *_ in question.ask_each([("ada", ada.pk), ("bob", blank)])} == {ada.pk}


def test_values_of_several_come_back_as_the_model_would_read_them(people):
    def seen(id):
        return get_user_model().objects.filter(pk=id).values_list("is_active", "date_joined")

    asked = [(person.pk,) for person in people]
    found = Question(seen, id=int).ask_each(asked)
    assert set(found) == {row for (id,) in asked for row in seen(id)}


@pytest.mark.django_db(transaction=True)
def test_a_column_that_came_meanwhile_does_not_hinder_it(people, named):
    """Words name their columns: a migration under a running process changes nothing about what is asked."""
    ada, table = people[0], get_user_model()._meta.db_table
    before = named.ask(name="ada", id=ada.pk)
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {table} ADD COLUMN hat varchar(10) NULL")
    try:
        assert named.ask(name="ada", id=ada.pk) == before != []
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"ALTER TABLE {table} DROP COLUMN hat")
    connection.close()
    assert named.ask(name="ada", id=ada.pk) == before  # and on the connection that is opened next


@pytest.mark.django_db(transaction=True)
def test_threads_that_ask_at_once_are_each_answered(people, named):
    answers, together = {}, threading.Barrier(len(people))

    def asks(person):
        together.wait(timeout=5)
        try:
            told = {tuple(map(tuple, named.ask(name=person.username, id=person.pk))) for _ in range(50)}
            answers[person.pk] = told
        finally:
            connections.close_all()

    threads = [threading.Thread(target=asks, args=[person]) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=20)
    assert answers == {one.pk: {((one.pk, one.username, True),)} for one in people}


def test_a_failing_answer_leaves_the_question_as_it_was(people, named):
    with pytest.raises(KeyError):
        named.ask(name="ada")
    assert len(named.ask(name="ada", id=2**62)) == 1
