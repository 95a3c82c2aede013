"""The checklist of a card: what people do to it, and what others hear of that."""

from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from boards import ranks
from boards.actions import add_item, checklist, edit_item, move_item, remove_item
from boards.actions.changing import NoSuchThing

from .test_doors import JSON, signed_in
from .test_pages import queries
from .test_stream import revision, told


@pytest.fixture
def engine(cards):
    return cards[0]


@pytest.fixture
def items(ada, engine):
    """Oil, Spark, Test: three things to do about the engine."""
    return [add_item(by=ada, task_id=engine.pk, text=text) for text in ("Oil", "Spark", "Test")]


def texts(task):
    return [item.text for item in task.checklist.all()]


def counted(task):
    task.refresh_from_db()
    return task.items_done, task.items_total


def test_items_are_kept_in_order_and_counted(ada, bob, engine, items):
    edit_item(by=bob, task_id=engine.pk, item_id=items[0].pk, is_done=True)
    assert (texts(engine), counted(engine)) == (["Oil", "Spark", "Test"], (1, 3))
    remove_item(by=ada, task_id=engine.pk, item_id=items[0].pk)
    assert (texts(engine), counted(engine)) == (["Spark", "Test"], (0, 2))


def test_an_item_is_moved_before_or_after_another_or_to_the_foot(ada, engine, items):
    oil, spark, test = items
    move_item(by=ada, task_id=engine.pk, item_id=test.pk, before_item_id=oil.pk)
    assert texts(engine) == ["Test", "Oil", "Spark"]
    move_item(by=ada, task_id=engine.pk, item_id=test.pk, after_item_id=oil.pk)
    assert texts(engine) == ["Oil", "Test", "Spark"]
    move_item(by=ada, task_id=engine.pk, item_id=oil.pk, before_item_id=10**6)
    assert texts(engine) == ["Test", "Spark", "Oil"]


def test_a_crowded_list_is_laid_out_anew_in_the_same_order(ada, engine, items, monkeypatch):
    monkeypatch.setattr(checklist, "TOO_LONG", ranks.WIDTH)
    oil, spark, test = items
    move_item(by=ada, task_id=engine.pk, item_id=test.pk, before_item_id=spark.pk)
    move_item(by=ada, task_id=engine.pk, item_id=spark.pk, before_item_id=test.pk)
    assert texts(engine) == ["Oil", "Spark", "Test"]
    assert {len(item.rank) for item in engine.checklist.all()} == {ranks.WIDTH}


def test_every_change_of_an_item_is_told_as_a_change_of_its_card(ada, hangar, engine, items):
    for do, count in [
        (lambda: add_item(by=ada, task_id=engine.pk, text="Fuel"), {"done": 0, "total": 4}),
        (
            lambda: edit_item(by=ada, task_id=engine.pk, item_id=items[0].pk, is_done=True),
            {"done": 1, "total": 4},
        ),
        (
            lambda: edit_item(by=ada, task_id=engine.pk, item_id=items[0].pk, text="Oil it"),
            {"done": 1, "total": 4},
        ),
        (lambda: move_item(by=ada, task_id=engine.pk, item_id=items[0].pk), {"done": 1, "total": 4}),
        (lambda: remove_item(by=ada, task_id=engine.pk, item_id=items[0].pk), {"done": 0, "total": 3}),
    ]:
        since = revision(hangar)
        do()
        (frame,) = told(hangar, since)
        assert (frame["type"], frame["revision"], frame["checklist"]) == ("card_changed", since + 1, count)


def test_what_is_so_already_is_no_change(ada, hangar, engine, items):
    oil, spark, _ = items
    before = revision(hangar)
    edit_item(by=ada, task_id=engine.pk, item_id=oil.pk, is_done=False, text="Oil")
    move_item(by=ada, task_id=engine.pk, item_id=oil.pk, before_item_id=spark.pk)
    assert revision(hangar) == before


def test_a_retry_does_nothing_twice(ada, hangar, engine, items):
    id = uuid4()
    made = [add_item(by=ada, task_id=engine.pk, text="Fuel", client_id=id) for _ in range(2)]
    assert (made[0], texts(engine)) == (made[1], ["Oil", "Spark", "Test", "Fuel"])
    remove_item(by=ada, task_id=engine.pk, item_id=made[0].pk)
    before = revision(hangar)
    remove_item(by=ada, task_id=engine.pk, item_id=made[0].pk)
    assert (revision(hangar), counted(engine)) == (before, (0, 3))


def test_a_list_holds_a_hundred_items(ada, engine, monkeypatch):
    monkeypatch.setattr(checklist, "MOST_ITEMS", 2)
    for text in ("Oil", "Spark"):
        add_item(by=ada, task_id=engine.pk, text=text)
    with pytest.raises(ValidationError, match="A checklist holds 2 items"):
        add_item(by=ada, task_id=engine.pk, text="Test")
    assert counted(engine) == (0, 2)


@pytest.mark.parametrize("text", ["", " ", "\n", "x" * 201])
def test_an_item_has_words_on_one_line(text, ada, engine, items):
    with pytest.raises(ValidationError):
        add_item(by=ada, task_id=engine.pk, text=text)
    with pytest.raises(ValidationError):
        edit_item(by=ada, task_id=engine.pk, item_id=items[0].pk, text=text)
    assert texts(engine) == ["Oil", "Spark", "Test"]


def test_the_item_of_another_card_is_not_there(ada, engine, cards, items):
    for action in (edit_item, move_item):
        with pytest.raises(NoSuchThing):
            action(by=ada, task_id=cards[1].pk, item_id=items[0].pk)
    remove_item(by=ada, task_id=cards[1].pk, item_id=items[0].pk)
    assert texts(engine) == ["Oil", "Spark", "Test"]


def test_who_may_not_change_the_card_changes_no_item(vera, eve, engine, items):
    for user in (vera, eve):
        with pytest.raises(PermissionDenied):
            edit_item(by=user, task_id=engine.pk, item_id=items[0].pk, is_done=True)
        with pytest.raises(PermissionDenied):
            remove_item(by=user, task_id=engine.pk, item_id=items[0].pk)
    assert counted(engine) == (0, 3)


def test_the_list_is_a_part_of_a_page_with_the_numbers_to_count_on_from(ada, vera, hangar, engine, items):
    path = reverse("boards:checklist", args=[engine.pk])
    shown = signed_in(ada).get(path)
    assert f'data-revision="{revision(hangar)}"' in shown.content.decode()
    assert "no-store" in shown.headers["Cache-Control"]
    seen = signed_in(vera).get(path).content.decode()
    assert "Spark" in seen and "<form" not in seen


def test_a_plain_form_ticks_and_leads_back_to_the_card(ada, engine, items):
    path = reverse("boards:edit_item", args=[engine.pk, items[0].pk])
    answer = signed_in(ada).post(path, {"done": "yes"})
    assert (answer.headers["Location"], counted(engine)) == (engine.url, (1, 3))
    page = signed_in(ada).get(engine.url).content.decode()
    assert 'aria-checked="true"' in page and "1/3" in page


def test_a_name_that_is_none_adds_no_item(ada, engine):
    path = reverse("boards:add_item", args=[engine.pk])
    assert signed_in(ada).post(path, {"text": "Oil", "client_id": "x"}, **JSON).status_code == 400
    assert texts(engine) == []


def test_a_card_says_how_far_it_is(ada, hangar, engine, items):
    edit_item(by=ada, task_id=engine.pk, item_id=items[0].pk, is_done=True)
    assert "1/3" in signed_in(ada).get(hangar.url).content.decode()


def test_a_page_asks_as_much_for_a_long_list_as_for_a_short_one(ada, engine, items):
    for path in (reverse("boards:checklist", args=[engine.pk]), engine.url):
        few = queries(signed_in(ada), path)
        for number in range(20):
            add_item(by=ada, task_id=engine.pk, text=f"Rivet {number}")
        assert queries(signed_in(ada), path) == few
