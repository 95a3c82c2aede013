"""Which cards of a board somebody wants to see: the address says so, and the server does it without a script."""

import datetime
import json
import re
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.http import QueryDict

from boards.actions import create_label, create_task, edit_task, move_task
from boards.filters import Filter

from .test_doors import signed_in

CASES = json.loads((Path(__file__).parents[2] / "filters.json").read_text())


def ids(numbers):
    rows = [SimpleNamespace(pk=number) for number in numbers]
    return SimpleNamespace(all=lambda: rows)


@pytest.mark.parametrize("case", CASES["cases"], ids=lambda case: case["filter"])
def test_a_filter_leaves_what_the_browser_leaves(case):
    wanted = Filter.asked(QueryDict(case["filter"]))
    left = [
        card["title"]
        for card in CASES["cards"]
        if wanted.fits(
            SimpleNamespace(
                title=card["title"],
                due=datetime.date.fromisoformat(card["due"]) if card["due"] else None,
                assignees=ids(card["people"]),
                labels=ids(card["labels"]),
            ),
            SimpleNamespace(is_done=card["isDone"]),
            datetime.date.fromisoformat(CASES["today"]),
        )
    ]
    assert left == case["left"]


@pytest.mark.parametrize("asked", ["", "who=x&label=-1&due=never", "words=+", "who=" + "9" * 40, "page=2"])
def test_what_means_nothing_filters_nothing(asked):
    assert not Filter.asked(QueryDict(asked))


def shown(client, path):
    """The titles of the cards that the page does not hide, and what it says about their number."""
    page = client.get(path).content.decode()
    cards = re.findall(r'<li class="card" data-task="[1-9][^>]*>.*?data-title>([^<]*)<', page, re.S)
    hidden = re.findall(r'<li class="card" data-task="[1-9][^>]*\shidden>.*?data-title>([^<]*)<', page, re.S)
    said = re.search(r"data-filtered-count>([^<]*)<", page)[1]
    return [title for title in cards if title not in hidden], said


def test_a_page_shows_what_its_address_asks_for(ada, bob, hangar, cards, doing):
    engine, wing, rudder = cards
    label = create_label(by=ada, board_id=hangar.pk, name="Urgent", colour="red")
    edit_task(by=ada, task_id=engine.pk, assignee_ids=[bob.pk], label_ids=[label.pk])
    edit_task(by=ada, task_id=wing.pk, due=datetime.date(2020, 1, 1))
    client = signed_in(ada)
    assert shown(client, hangar.url) == (["Engine", "Wing", "Rudder"], "")
    assert shown(client, f"{hangar.url}?who={bob.pk}") == (["Engine"], "1 of 3 cards shown")
    assert shown(client, f"{hangar.url}?label={label.pk}&words=rudder") == ([], "0 of 3 cards shown")
    assert shown(client, f"{hangar.url}?due=late") == (["Wing"], "1 of 3 cards shown")
    move_task(by=ada, task_id=wing.pk, column_id=hangar.columns.get(is_done=True).pk)
    assert shown(client, f"{hangar.url}?due=late") == ([], "0 of 3 cards shown")


def test_the_form_holds_what_was_asked_for(ada, bob, hangar, cards):
    page = signed_in(ada).get(f"{hangar.url}?who={bob.pk}&words=%22%3Cb%3E&due=none").content.decode()
    assert f'<option value="{bob.pk}" data-person="{bob.pk}" selected>' in page
    assert 'value="&quot;&lt;b&gt;"' in page and '<option value="none" selected>' in page


def test_a_filter_asks_the_database_nothing(ada, hangar, cards, to_do, django_assert_max_num_queries):
    for number in range(30):
        create_task(by=ada, column_id=to_do.pk, title=f"Rivet {number}", assignee_ids=[ada.pk])
    client = signed_in(ada)
    client.get(hangar.url)
    with django_assert_max_num_queries(16):
        assert client.get(f"{hangar.url}?who={ada.pk}&words=rivet").status_code == 200
