"""The order of a column, however many people drag at once."""

import threading

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from boards.actions import create_task, move_task
from boards.models import Board, Task

from .conftest import titles

moves = some.lists(
    some.tuples(some.integers(0, 7), some.integers(0, 1), some.integers(0, 7), some.booleans()), max_size=25
)


@given(moves)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_moves_give_the_order_that_lists_would(db, ada, hangar, to_do, doing, moves):
    Task.objects.all().delete()
    columns = [to_do, doing]
    cards = [create_task(by=ada, column_id=to_do.pk, title=str(number)) for number in range(8)]
    lists = [[str(number) for number in range(8)], []]
    for card, column, neighbour, before in moves:
        place = {"before_task_id" if before else "after_task_id": cards[neighbour].pk}
        move_task(by=ada, task_id=cards[card].pk, column_id=columns[column].pk, **place)
        _move(lists, str(card), column, str(neighbour), before)
    assert [titles(column) for column in columns] == lists


@pytest.mark.skipif(
    connection.vendor == "sqlite", reason="SQLite's database of tests lets one thread in at a time"
)
@pytest.mark.django_db(transaction=True)
def test_eight_people_dragging_at_once_leave_one_order_and_no_hole(ada, hangar, to_do, doing):
    cards = [create_task(by=ada, column_id=to_do.pk, title=str(number)) for number in range(8)]
    before = Board.objects.get(pk=hangar.pk).revision

    refused = []

    def drag(own):
        try:
            for turn in range(10):
                column = (to_do, doing)[turn % 2]
                move_task(by=ada, task_id=own.pk, column_id=column.pk, before_task_id=cards[turn % 8].pk)
        except Exception as error:
            refused.append(error)
        finally:
            connection.close()

    people = [threading.Thread(target=drag, args=[card]) for card in cards]
    for person in people:
        person.start()
    for person in people:
        person.join()
    assert refused == []
    ranks = list(Task.objects.values_list("column", "rank"))
    stamps = list(Task.objects.values_list("revision", flat=True))
    assert len(set(ranks)) == len(ranks) == 8
    assert len(set(stamps)) == 8
    assert before < max(stamps) == Board.objects.get(pk=hangar.pk).revision <= before + 80


def _move(lists, card, column, neighbour, before):
    """The same move on plain lists."""
    at = None if card == neighbour or neighbour not in lists[column] else neighbour
    others = [one for one in lists[column] if one != card]
    for each in lists:
        if card in each:
            each.remove(card)
    index = len(others) if at is None else others.index(at) + (not before)
    lists[column][:] = [*others[:index], card, *others[index:]]
