"""Administrators look into the audit log, and take it with them: what they look for, newest first, a page at a time."""

import csv
import io
import json
import re
from datetime import UTC, datetime

import pytest
from django.core.management import CommandError, call_command

from accounts import actions
from accounts.audit.export import csv_line
from accounts.models import AuditEntry

from .test_administrators import words
from .test_people import browser_of

LOG = "/accounts/audit/"
SENTENCE = re.compile(r'<span class="audit-sentence">([^<]*)</span>')


def shown(page):
    return SENTENCE.findall(words(page))


def many(count, **how):
    made = [AuditEntry(word="session.begun", who=f"one{n}", **how) for n in range(count)]
    return AuditEntry.objects.bulk_create(made)


@pytest.fixture
def log(ada, udo, admin):
    """Without what the cast left when it came in."""
    AuditEntry.objects.all().delete()
    return lambda **asked: shown(admin.get(LOG, asked))


def parts_of(answer):
    return [part.decode() for part in answer.streaming_content]


def sent(answer):
    return "".join(parts_of(answer))


# -- the page --------------------------------------------------------------------------------------------------------


def test_the_newest_is_told_first_with_where_it_came_from(admin, log, udo):
    admin.post(f"/accounts/people/{udo.pk}/promote/", headers={"User-Agent": "Firefox/130 (X11)"})
    admin.post(f"/accounts/people/{udo.pk}/demote/", headers={"User-Agent": "Firefox/130 (X11)"})
    assert log() == [
        "Ada Lovelace (@ada) made @udo no administrator any more.",
        "Ada Lovelace (@ada) made @udo an administrator.",
    ]
    assert words(admin.get(LOG)).count("127.0.0.1 · Firefox on Linux") == 2


def test_names_are_text(log):
    AuditEntry.objects.create(word="session.begun", who="<b>{on} & co</b>")
    assert log() == ["&lt;b&gt;{on} &amp; co&lt;/b&gt; signed in."]


def test_a_long_log_is_turned_page_by_page_and_nothing_is_told_twice(admin, log):
    many(120)
    told, page = [], admin.get(LOG)
    while True:
        told += shown(page)
        older = re.search(r'href="(\?before=\d+)"', words(page))
        if not older:
            break
        many(1)  # what is noted meanwhile moves nothing
        page = admin.get(LOG + older[1])
    assert told == [f"one{n} signed in." for n in reversed(range(120))]


def test_a_page_costs_the_same_for_many(admin, log, django_assert_num_queries, django_assert_max_num_queries):
    many(1)
    with django_assert_max_num_queries(12) as few:
        admin.get(LOG)
    many(300)
    with django_assert_num_queries(len(few)):
        admin.get(LOG)


def test_entries_are_found_by_person_whatever_they_were_called(log, ada, udo):
    actions.deactivate(by=ada, user_id=udo.pk)
    actions.make_invite_link(by=ada)
    udo.display_name = "Udo Lind"
    udo.save()
    assert log(person="udo") == log(person="@UDO") == ["Ada Lovelace (@ada) deactivated @udo."]
    assert len(log(person="ada")) == 2
    udo.delete()
    assert log(person="udo") == [
        "The server deleted the account of Udo Lind (@udo).",
        "Ada Lovelace (@ada) deactivated @udo.",
    ]
    assert log(person="nobody") == []


def test_entries_are_found_by_what_was_done(log, ada, udo):
    actions.deactivate(by=ada, user_id=udo.pk)
    actions.make_invite_link(by=ada)
    assert log(group="person") == ["Ada Lovelace (@ada) deactivated @udo."]
    assert len(log(group="invite_link")) == 1 and log(group="room") == []


def test_a_day_is_one_of_the_readers_own(log, ada):
    ada.time_zone = "Asia/Tokyo"
    ada.save()
    many(1, at=datetime(2026, 3, 1, 16, 0, tzinfo=UTC))  # 01:00 of the next day there
    assert log(day="2026-03-01") == [] and log(day="2026-03-02") == ["one0 signed in."]


@pytest.mark.parametrize(
    "asked",
    [
        {"day": "0001-01-01"},
        {"day": "9999-12-31"},
        {"day": "x"},
        {"group": "x"},
        {"before": "9" * 5000},
        {"before": "-1"},
        {"person": "x" * 200},
    ],
)
def test_what_makes_no_sense_is_said_to_make_none(admin, log, asked):
    many(1)
    page = admin.get(LOG, asked)
    assert page.status_code == 200 and shown(page) == [] and "Please mend" in words(page)
    assert admin.get(f"{LOG}export/csv/", asked).status_code == 404


def test_the_way_there_is_shown_to_administrators(admin, udo):
    assert f'href="{LOG}"' in words(admin.get("/accounts/people/"))
    assert f'href="{LOG}?person=udo"' in words(admin.get(f"/accounts/people/{udo.pk}/"))
    assert browser_of("udo").get(LOG).status_code == 403


# -- as a file -------------------------------------------------------------------------------------------------------


def test_csv_holds_what_was_looked_for_oldest_first(admin, log, ada, udo):
    many(1)
    actions.deactivate(by=ada, user_id=udo.pk)
    actions.let_in_again(by=ada, user_id=udo.pk)
    answer = admin.get(f"{LOG}export/csv/", {"group": "person"})
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="audit-20')
    told = list(csv.DictReader(io.StringIO(sent(answer))))
    assert [row["word"] for row in told] == ["person.deactivated", "person.let_in"]
    assert told[0]["who"] == "Ada Lovelace (@ada)" and told[0]["noun_id"] == str(udo.pk)


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_s07_no_cell_is_a_formula(start):
    (row,) = csv.reader([csv_line(AuditEntry(word="board.made", noun=f'{start}HYPERLINK("x")'))])
    assert f'\'{start}HYPERLINK("x")' in row
    assert not [cell for cell in row if cell.startswith(start)]


def test_json_lines_hold_all_that_was_noted(admin, log, ada):
    actions.make_invite_link(by=ada, note="Žofie", days=3)
    (line,) = (sent(admin.get(f"{LOG}export/jsonl/"))).splitlines()
    told = json.loads(line)
    assert (told["who_id"], told["word"], told["noun"]) == (ada.pk, "invite_link.made", "Žofie")
    assert told["details"] == {"people": 1, "days": 3} and told["at"].endswith("Z")


def test_a_long_log_is_sent_in_parts(admin, log):
    many(1200)
    answer = admin.get(f"{LOG}export/jsonl/")
    assert answer.streaming and not answer.is_async  # as kanban_board/pages.py sends it in portions
    parts = parts_of(answer)
    assert len(parts) >= 3
    told = [json.loads(line)["who"] for line in "".join(parts).splitlines()]
    assert told == [f"one{n}" for n in range(1200)]


def test_there_are_no_other_files(admin, log):
    assert admin.get(f"{LOG}export/xml/").status_code == 404


# -- at a shell ------------------------------------------------------------------------------------------------------


def printed(capsys, *asked):
    call_command("audit", *asked)
    return capsys.readouterr().out.splitlines()


def test_a_host_at_a_shell_reads_it(log, ada, udo, capsys):
    many(1, at=datetime(2026, 3, 1, 16, 0, tzinfo=UTC), address="10.0.0.7")
    many(1, at=datetime(2026, 3, 3, 16, 0, tzinfo=UTC))
    assert printed(capsys) == [
        "2026-03-01 16:00:00  one0 signed in.  10.0.0.7",
        "2026-03-03 16:00:00  one0 signed in.",
    ]
    assert len(printed(capsys, "--since", "2026-03-02")) == 1
    assert len(printed(capsys, "--since", "2026-03-01T16:00:01+00:00")) == 1
    (line,) = printed(capsys, "--since", "2026-03-02", "--person", "one0", "--json")
    assert json.loads(line)["who"] == "one0"


def test_that_there_is_nothing_is_said_and_not_piped(log, ada, capsys):
    call_command("audit", "--person", "ada")
    assert capsys.readouterr() == ("", "Nothing was noted.\n")
    with pytest.raises(CommandError, match="Nobody has the user name nobody"):
        call_command("audit", "--person", "nobody")


@pytest.mark.parametrize("when", ["yesterday", "2026-13-01", "2026-02-30T10:00"])
def test_a_time_that_is_none_is_refused_at_the_shell(db, when):
    with pytest.raises(CommandError, match="write it as"):
        call_command("audit", "--since", when)
