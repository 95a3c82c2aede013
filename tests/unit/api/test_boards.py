"""What a program does to cards is what a person does: the board is told, and the order holds."""

import uuid
from datetime import date

import pytest

from boards.actions import create_label, edit_column
from boards.models import Task

from .conftest import Program


@pytest.fixture
def column(board):
    return board.columns.first()


def make(bot, column, **said):
    return bot.does("POST", f"columns/{column.pk}/cards", {"title": "Tail", **said})


def test_boards_are_told_with_their_role(bot, board, vera, eve):
    line = {"board_id": board.pk, "name": "Hangar", "url": board.url}
    assert bot.gets("boards") == {"boards": [{**line, "role": "member"}]}
    assert Program(vera).gets("boards")["boards"][0]["role"] == "viewer"
    assert Program(eve).gets("boards") == {"boards": []}


def test_a_board_is_told_whole(bot, board, column, engine):
    told = bot.gets(f"boards/{board.pk}")
    assert [one["title"] for one in told["columns"]] == ["To do", "Doing", "Done"]
    assert [card["title"] for card in told["columns"][0]["cards"]] == ["Engine"]
    assert {one["username"]: one["role"] for one in told["people"]} == {
        "ada": "owner",
        "bob": "member",
        "vera": "viewer",
    }
    board.refresh_from_db()
    assert (told["revision"], told["epoch"]) == (board.revision, str(board.epoch))


def test_a_board_is_told_in_few_queries(bot, board, column, django_assert_max_num_queries):
    for number in range(20):
        make(bot, column, title=f"{number}") if number < 15 else None
    with django_assert_max_num_queries(12):
        bot.gets(f"boards/{board.pk}")


def test_a_card_is_made_once_and_written_on(bot, board, column):
    said = {"description": "Long", "due": "2030-01-31", "assignee_ids": [bot.person.pk]}
    name = str(uuid.uuid4())
    cards = [make(bot, column, client_id=name, **said) for _ in range(2)]
    assert cards[0] == cards[1] and board.tasks.count() == 1
    here = f"cards/{cards[0]['task_id']}"
    assert bot.gets(here) == cards[0]
    assert (cards[0]["due"], cards[0]["assignees"][0]["username"]) == ("2030-01-31", "bob")
    changed = bot.does("PATCH", here, {"title": "Rudder"})
    assert (changed["title"], changed["description"], changed["due"]) == ("Rudder", "Long", "2030-01-31")
    assert changed["revision"] > cards[0]["revision"]
    emptied = bot.does("PATCH", here, {"due": None, "assignee_ids": [], "description": ""})
    assert (emptied["due"], emptied["assignees"], emptied["description"]) == (None, [], "")
    assert Task.objects.get().due is None and date(2030, 1, 31)


def test_cards_are_moved_to_where_one_says(bot, board, column):
    first, second, third = (make(bot, column, title=title)["task_id"] for title in ("a", "b", "c"))
    bot.does("POST", f"cards/{third}/move", {"column_id": column.pk, "before_task_id": first})
    bot.does("POST", f"cards/{first}/move", {"column_id": column.pk, "after_task_id": second})
    cards = bot.gets(f"boards/{board.pk}")["columns"][0]["cards"]
    assert [card["title"] for card in cards] == ["c", "b", "a"]


def test_a_card_that_is_done_stands_where_done_cards_do(bot, board, column, ada):
    card = make(bot, column)["task_id"]
    done = board.columns.get(is_done=True)
    told = [bot.does("POST", f"cards/{card}/complete") for _ in range(2)]
    assert [one["column_id"] for one in told] == [done.pk] * 2
    assert told[0]["revision"] == told[1]["revision"]
    other = make(bot, column)["task_id"]
    edit_column(by=ada, column_id=done.pk, is_done=False)
    assert bot.refused("POST", f"cards/{other}/complete") == (400, "invalid")


def test_a_card_is_put_away_and_brought_back(bot, board, column):
    card = make(bot, column)["task_id"]
    assert bot.does("POST", f"cards/{card}/archive")["why"] == "archived"
    assert bot.gets(f"boards/{board.pk}")["columns"][0]["cards"] == []
    assert bot.does("POST", f"cards/{card}/restore")["why"] == "created"


def test_a_card_wears_the_labels_that_are_given(bot, board, column, ada):
    red, blue = (
        create_label(by=ada, board_id=board.pk, name=name, colour=name).pk for name in ("red", "blue")
    )
    card = f"cards/{make(bot, column, label_ids=[red])['task_id']}"
    worn = [bot.does("PATCH", card, {"label_ids": ids})["labels"] for ids in ([red, blue], [blue], [])]
    assert [{one["label_id"] for one in labels} for labels in worn] == [{red, blue}, {blue}, set()]


def test_a_checklist_is_written_ticked_ordered_and_cut(bot, board, column):
    card = f"cards/{make(bot, column)['task_id']}"
    here, name = f"{card}/checklist", str(uuid.uuid4())
    oil, again = (bot.does("POST", here, {"text": "Oil", "client_id": name}) for _ in range(2))
    assert oil == again and (oil["text"], oil["is_done"]) == ("Oil", False)
    spark, test = (bot.does("POST", here, {"text": text}) for text in ("Spark", "Test"))
    one = f"{here}/{oil['item_id']}"
    assert bot.does("PATCH", one, {"is_done": True})["text"] == "Oil"
    assert bot.does("PATCH", one, {"text": "Oil it"})["is_done"]
    bot.does("POST", f"{one}/move", {"after_item_id": spark["item_id"]})
    bot.does("POST", f"{here}/{test['item_id']}/move", {"before_item_id": spark["item_id"]})
    told = bot.gets(card)
    assert [item["text"] for item in told["items"]] == ["Test", "Spark", "Oil it"]
    assert told["checklist"] == {"done": 1, "total": 3}
    whole = [bot.does("DELETE", one) for _ in range(2)]
    assert [item["text"] for item in whole[1]["items"]] == ["Test", "Spark"] and whole[0] == whole[1]


@pytest.mark.parametrize(
    ("method", "said", "code"),
    [
        ("POST", {"text": " "}, "invalid"),
        ("POST", {"text": "x" * 201}, "invalid"),
        ("POST", {"text": "x", "is_done": True}, "malformed"),
        ("PATCH", {"is_done": "yes"}, "malformed"),
        ("PATCH", {"text": None}, "malformed"),
    ],
    ids=str,
)
def test_what_cannot_be_done_is_refused(bot, column, method, said, code):
    here = f"cards/{make(bot, column)['task_id']}/checklist"
    item = bot.does("POST", here, {"text": "Oil"})["item_id"]
    assert bot.refused(method, here if method == "POST" else f"{here}/{item}", said) == (400, code)
    assert bot.refused("PATCH", f"{here}/{10**6}", {"text": "x"}) == (404, "not_found")


def test_an_item_is_changed_at_its_own_card_alone(bot, column):
    here, elsewhere = (f"cards/{make(bot, column)['task_id']}/checklist" for _ in range(2))
    item = bot.does("POST", here, {"text": "Oil"})["item_id"]
    assert bot.refused("PATCH", f"{elsewhere}/{item}", {"text": "x"}) == (404, "not_found")
    bot.does("DELETE", f"{elsewhere}/{item}")
    assert bot.does("PATCH", f"{here}/{item}", {"is_done": True})["text"] == "Oil"


def test_a_column_is_given_a_limit_and_loses_it(bot, column):
    here = f"columns/{column.pk}"
    given = bot.does("PATCH", here, {"limit": 3})
    assert (given["limit"], given["title"], given["is_done"]) == (3, "To do", False)
    assert bot.does("PATCH", here, {"title": "Next", "is_done": True})["limit"] == 3
    assert bot.does("PATCH", here, {"limit": None})["limit"] is None
    for limit in (0, 1_000):
        assert bot.refused("PATCH", here, {"limit": limit}) == (400, "invalid")
    for limit in ("3", True, 2.5):
        assert bot.refused("PATCH", here, {"limit": limit}) == (400, "malformed")


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({}, "malformed"),
        ({"title": " "}, "invalid"),
        ({"title": "x" * 201}, "invalid"),
        ({"title": None}, "malformed"),
        ({"title": "x", "due": "soon"}, "malformed"),
        ({"title": "x", "assignee_ids": [10**6]}, "invalid"),
        ({"title": "x", "label_ids": ["y"]}, "malformed"),
        ({"title": "x", "rank": "1"}, "malformed"),
        ({"title": "x", "client_id": "y"}, "malformed"),
        ([], "malformed"),
    ],
    ids=str,
)
def test_what_cannot_be_made_is_refused(bot, board, column, said, code):
    assert bot.refused("POST", f"columns/{column.pk}/cards", said) == (400, code)
    assert not board.tasks.exists()
