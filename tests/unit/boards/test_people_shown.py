"""Who is called or looks otherwise is shown so on every board they are on, and nowhere else."""

import threading

import pytest
from django.contrib.auth import get_user_model
from django.db import connection

from boards.actions import add_board_member, change_board_role, create_board, edit_task, remove_board_member
from boards.models import BoardMembership
from boards.stream import people_shown_since

from ..cast import person
from .test_stream import revision, told


def calls_themselves(user, name):
    user.display_name = name
    user.save()


def shown(board):
    """{user name: the revision at which they were last shown otherwise}"""
    rows = BoardMembership.objects.filter(board=board).values_list("user__username", "shown_revision")
    return dict(rows)


def names(frame):
    return [one["display_name"] for one in frame["people"]]


def asked(board, since, by, most=500):
    return people_shown_since(board.pk, since, by, most)


@pytest.fixture
def shed(ada, eve):
    """Eve's board, on which Ada is and Bob is not."""
    board = create_board(by=eve, name="Shed")
    add_board_member(by=eve, board_id=board.pk, user_id=ada.pk)
    return board


def test_each_board_of_the_person_has_one_more_change(ada, hangar, shed):
    before = revision(hangar), revision(shed)
    calls_themselves(ada, "Ada Flyer")
    assert (revision(hangar), revision(shed)) == (before[0] + 1, before[1] + 1)
    assert (hangar.people_revision, shed.people_revision) == (hangar.revision, shed.revision)
    assert shown(hangar)["ada"] == hangar.revision and shown(shed)["ada"] == shed.revision


def test_a_board_the_person_is_not_on_stays_as_it_is(bob, hangar, shed):
    before, here = revision(shed), revision(hangar)
    calls_themselves(bob, "Bob Wrench")
    assert revision(hangar) == here + 1 and revision(shed) == before


def test_who_is_added_or_given_another_role_is_shown_anew(ada, eve, hangar):
    add_board_member(by=ada, board_id=hangar.pk, user_id=eve.pk)
    assert shown(hangar)["eve"] == revision(hangar)
    change_board_role(by=ada, board_id=hangar.pk, user_id=eve.pk, role="viewer")
    assert shown(hangar)["eve"] == revision(hangar)


def test_the_inbox_hears_of_the_one_who_changed_and_the_board_its_whole_list(bob, hangar):
    since = revision(hangar)
    calls_themselves(bob, "Bob Wrench")
    (frame,) = told(hangar, since, "inbox")
    assert frame == {
        "type": "person_changed",
        "revision": since + 1,
        "board_id": hangar.pk,
        "people": [{"user_id": bob.pk, "username": "bob", "display_name": "Bob Wrench", "avatar": None}],
        "since": None,
    }
    (frame,) = told(hangar, since)
    assert (frame["type"], names(frame)) == ("people_changed", ["Ada", "Bob Wrench", "Vera"])


def test_nobody_who_changed_is_lost_between_other_changes(ada, bob, vera, hangar, cards):
    since = revision(hangar)
    calls_themselves(bob, "Robert")
    edit_task(by=ada, task_id=cards[0].pk, title="Motor")
    calls_themselves(vera, "Veronica")
    calls_themselves(bob, "Bob Wrench")
    edit_task(by=ada, task_id=cards[1].pk, title="Tail")
    heard = told(hangar, since)
    assert [frame["revision"] for frame in heard] == list(range(since + 1, since + 6))
    assert names([one for one in heard if one["type"] == "people_changed"][-1]) == [
        "Ada",
        "Bob Wrench",
        "Veronica",
    ]
    known = {
        one["user_id"]: one["display_name"]
        for frame in told(hangar, since, "inbox")
        for one in frame["people"]
    }
    assert known == {bob.pk: "Bob Wrench", vera.pk: "Veronica"}


def test_a_removal_is_no_news_of_a_person(ada, bob, hangar):
    since = revision(hangar)
    remove_board_member(by=ada, board_id=hangar.pk, user_id=bob.pk)
    assert [frame["type"] for frame in told(hangar, since)] == ["people_changed"]
    assert told(hangar, since, "inbox") == []


def test_who_asks_is_told_of_those_who_changed_since(ada, bob, vera, hangar):
    since = revision(hangar)
    assert asked(hangar, since, vera)["people"] == []
    calls_themselves(bob, "Robert")
    between = revision(hangar)
    calls_themselves(ada, "Ada Flyer")
    frame = asked(hangar, since, vera)
    assert (names(frame), frame["since"], frame["revision"]) == (
        ["Robert", "Ada Flyer"],
        since,
        revision(hangar),
    )
    assert names(asked(hangar, between, vera)) == ["Ada Flyer"]


def test_a_long_answer_comes_in_parts(ada, bob, vera, hangar):
    since = revision(hangar)
    for user in (vera, bob, ada):
        calls_themselves(user, f"{user.name} again")
    first = asked(hangar, since, ada, most=2)
    assert (names(first), first["revision"]) == (["Vera again", "Bob again"], since + 2)
    rest = asked(hangar, first["revision"], ada, most=2)
    assert (names(rest), rest["revision"]) == (["Ada again"], since + 3)


def test_who_is_not_on_the_board_learns_nothing_not_even_whether_there_is_one(bob, eve, hangar):
    calls_themselves(bob, "Bob Wrench")
    answer, of_none = asked(hangar, 0, eve), people_shown_since(10**6, 0, eve, 500)
    assert answer | {"board_id": 0} == of_none | {"board_id": 0} and answer["people"] == []


def test_somebody_on_no_board_may_change(eve):
    calls_themselves(eve, "Eve Elsewhere")
    assert person("frank").name == "Frank"


@pytest.mark.skipif(
    connection.vendor == "sqlite", reason="SQLite's database of tests lets one thread in at a time"
)
@pytest.mark.django_db(transaction=True)
def test_all_may_take_other_names_at_once_and_each_is_one_change(ada, bob, vera, eve, hangar):
    shed = create_board(by=ada, name="Shed")
    people = [ada, bob, vera, eve]
    for board, user in [(hangar, eve), (shed, bob), (shed, vera), (shed, eve)]:
        add_board_member(by=ada, board_id=board.pk, user_id=user.pk)
    before = [revision(board) for board in (hangar, shed)]
    refused = []

    def rename(user):
        try:
            for number in range(10):
                calls_themselves(get_user_model().objects.get(pk=user.pk), f"{user.username} {number}")
        except Exception as error:
            refused.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=rename, args=[user]) for user in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert refused == []
    assert [revision(board) for board in (hangar, shed)] == [since + 40 for since in before]
    for board in (hangar, shed):
        assert len(set(shown(board).values())) == 4 and max(shown(board).values()) == board.revision
