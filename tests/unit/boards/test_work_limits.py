"""How many cards of a column are enough: it is told, and nothing is refused for it."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from boards.actions import create_task, edit_column

from .test_doors import JSON, signed_in
from .test_stream import revision, told

OVER = '<span class="tag column-over" data-over>over its limit</span>'


def test_a_limit_is_told_to_everybody(ada, hangar, doing):
    since = revision(hangar)
    edit_column(by=ada, column_id=doing.pk, limit=3)
    (frame,) = told(hangar, since)
    assert (frame["type"], frame["limit"]) == ("column_changed", 3)
    edit_column(by=ada, column_id=doing.pk, limit=3)
    edit_column(by=ada, column_id=doing.pk, title="Now")
    assert told(hangar, since)[-1]["limit"] == 3
    assert revision(hangar) == since + 2


@pytest.mark.parametrize(("written", "limit"), [("2", 2), ("", None), (" ", None), ("999", 999)])
def test_a_form_sets_a_limit(written, limit, ada, doing):
    edit_column(by=ada, column_id=doing.pk, limit=7)
    path = reverse("boards:edit_column", args=[doing.pk])
    assert signed_in(ada).post(path, {"limit": written}, **JSON).json()["column"]["limit"] == limit


@pytest.mark.parametrize("written", ["0", "-1", "1000", "1.5", "x", "²", "9" * 30])
def test_what_is_no_limit_is_told_in_a_sentence(written, ada, doing):
    path = reverse("boards:edit_column", args=[doing.pk])
    answer = signed_in(ada).post(path, {"limit": written}, **JSON)
    assert (answer.status_code, answer.json()["error"]) == (
        400,
        "Please give a limit from 1 to 999, or none.",
    )


def test_no_limit_below_one_is_kept(ada, doing):
    with pytest.raises(ValidationError):
        edit_column(by=ada, column_id=doing.pk, limit=0)


def test_a_full_column_says_so_and_takes_more(ada, hangar, to_do, cards):
    edit_column(by=ada, column_id=to_do.pk, limit=3)
    page = signed_in(ada).get(hangar.url).content.decode()
    assert ">3 / 3<" in page and OVER not in page
    create_task(by=ada, column_id=to_do.pk, title="Tail")
    page = signed_in(ada).get(hangar.url).content.decode()
    assert ">4 / 3<" in page and page.count(OVER) == 1


def test_the_settings_set_a_limit_too(ada, hangar, doing):
    page = signed_in(ada).get(f"{hangar.url}settings/").content.decode()
    assert f"Work limit of {doing.title}" in page
