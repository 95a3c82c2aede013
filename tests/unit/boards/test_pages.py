"""The pages of boards: who sees them, what is on them, and what they cost."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from boards.actions import create_board, create_label, create_task, edit_task

from .test_doors import signed_in


def queries(client, path):
    client.get(path)  # whatever is looked up once a process is looked up now
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert client.get(path).status_code == 200
    return len(asked)


def test_a_board_page_asks_as_much_for_a_hundred_cards_as_for_three(ada, bob, hangar, cards, to_do, doing):
    label = create_label(by=ada, board_id=hangar.pk, name="Urgent", colour="red")
    edit_task(by=ada, task_id=cards[0].pk, assignee_ids=[ada.pk], label_ids=[label.pk])
    few = queries(signed_in(ada), hangar.url)
    for number in range(100):
        column = (to_do, doing)[number % 2]
        create_task(
            by=ada,
            column_id=column.pk,
            title=f"Rivet {number}",
            assignee_ids=[ada.pk, bob.pk],
            label_ids=[label.pk],
        )
    many = queries(signed_in(ada), hangar.url)
    assert many == few
    assert many <= 16


def test_the_list_of_boards_asks_as_much_for_twenty_as_for_one(ada, hangar):
    few = queries(signed_in(ada), "/boards/")
    for number in range(19):
        create_board(by=ada, name=f"Board {number}")
    assert queries(signed_in(ada), "/boards/") <= few


@pytest.mark.parametrize("page", ["", "settings/"])
def test_a_board_one_is_not_on_looks_like_one_that_does_not_exist(page, eve, hangar):
    client = signed_in(eve)
    hidden, missing = client.get(f"{hangar.url}{page}"), client.get(f"/boards/{10**6}/{page}")
    assert (hidden.status_code, hidden.content) == (missing.status_code, missing.content)
    assert hidden.status_code == 404


def test_columns_are_lists_named_by_their_title_and_cards_links_in_them(ada, hangar, cards):
    page = signed_in(ada).get(hangar.url).content.decode()
    assert 'role="list" aria-label="To do"' in page
    assert f'href="/boards/task/{cards[0].pk}/"' in page


def test_a_viewers_page_offers_nothing_to_change(vera, hangar, cards):
    page = signed_in(vera).get(hangar.url).content.decode()
    for offer in ("data-move", "data-rename", "data-new-card", "data-new-column", "column-menu"):
        assert offer not in page


def test_what_people_write_is_shown_as_text(ada, hangar, to_do):
    create_task(by=ada, column_id=to_do.pk, title="<script>alert(1)</script>")
    page = signed_in(ada).get(hangar.url).content.decode()
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_a_due_date_that_has_passed_is_marked(ada, hangar, cards):
    edit_task(by=ada, task_id=cards[0].pk, due=datetime.date(2020, 1, 1))
    assert "data-late" in signed_in(ada).get(hangar.url).content.decode()


def test_somebody_without_a_board_is_told_what_to_do(eve):
    page = signed_in(eve).get("/boards/").content.decode()
    assert "No board yet" in page
    assert 'action="/boards/new/"' in page


def test_the_list_counts_the_people_and_the_open_cards(ada, hangar, cards):
    page = signed_in(ada).get("/boards/").content.decode()
    assert "3 open cards · 3 people" in page
