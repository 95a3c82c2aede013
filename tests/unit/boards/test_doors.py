"""What comes in by the forms of a board, and who is let through."""

from uuid import uuid4

import pytest
from django.test import Client
from django.urls import get_resolver, reverse

from boards import limits
from boards.actions import add_board_member, add_item, create_board, create_label
from boards.models import Board, ChecklistItem, Task
from live import rate

from .conftest import titles

JSON = {"HTTP_ACCEPT": "application/json"}


def signed_in(user, **how):
    """The browser of somebody who has done nothing yet."""
    rate.POSTS.clear()
    client = Client(**how)
    client.force_login(user)
    return client


@pytest.fixture
def doors(hangar, cards, to_do, doing, ada, bob):
    """Every address of boards that changes something: {name: (path, a form it would accept)}."""
    label = create_label(by=ada, board_id=hangar.pk, name="Urgent", colour="red")
    item = add_item(by=ada, task_id=cards[0].pk, text="Oil it")
    forms = {
        "create": ((), {"name": "Other"}),
        "rename": ((hangar.pk,), {"name": "Shed"}),
        "add_person": ((hangar.pk,), {"person": "eve", "role": "member"}),
        "change_role": ((hangar.pk, bob.pk), {"role": "viewer"}),
        "remove_person": ((hangar.pk, bob.pk), {}),
        "create_label": ((hangar.pk,), {"name": "Late", "colour": "blue"}),
        "edit_label": ((label.pk,), {"name": "Late", "colour": "blue"}),
        "remove_label": ((label.pk,), {}),
        "create_column": ((hangar.pk,), {"title": "Review"}),
        "edit_column": ((doing.pk,), {"title": "Now"}),
        "move_column": ((doing.pk,), {"before": to_do.pk}),
        "remove_column": ((doing.pk,), {}),
        "create_task": ((to_do.pk,), {"title": "Tail"}),
        "edit_task": ((cards[0].pk,), {"title": "Motor"}),
        "assign_task": ((cards[0].pk,), {"people": [bob.pk]}),
        "take_task": ((cards[0].pk,), {}),
        "keep": ((hangar.pk,), {"days": "30"}),
        "label_task": ((cards[0].pk,), {"labels": [label.pk]}),
        "move_task": ((cards[0].pk,), {"column": doing.pk}),
        "undo_task": ((cards[0].pk,), {"what": "rename", "title": "Motor", "left_as": "Engine"}),
        "archive_task": ((cards[0].pk,), {}),
        "restore_task": ((cards[0].pk,), {}),
        "add_item": ((cards[0].pk,), {"text": "Grease it"}),
        "edit_item": ((cards[0].pk, item.pk), {"done": "yes"}),
        "move_item": ((cards[0].pk, item.pk), {}),
        "remove_item": ((cards[0].pk, item.pk), {}),
    }
    return {name: (reverse(f"boards:{name}", args=args), form) for name, (args, form) in forms.items()}


def state():
    """All that people can change on any board, as it is now."""
    tasks = Task.objects.values_list("pk", "title", "column", "rank", "archived_at", "revision")
    items = ChecklistItem.objects.values_list("pk", "text", "is_done", "rank")
    boards = Board.objects.values_list("pk", "name", "revision", "access")
    return sorted(boards), sorted(map(str, tasks)), sorted(items)


def test_every_address_of_boards_is_tried_here(doors):
    named = {pattern.name for pattern in get_resolver("boards.urls").url_patterns}
    assert named - {"list", "board", "settings", "invite", "cards", "checklist"} == set(doors)


def test_without_signing_in_nothing_happens(doors):
    before = state()
    for path, form in doors.values():
        assert Client().post(path, form).headers["Location"].startswith("/accounts/login/")
        assert Client().post(path, form, **JSON).status_code == 401
    assert state() == before


def test_an_outsider_gets_the_answer_for_what_does_not_exist(doors, eve):
    before = state()
    for name, (path, form) in doors.items():
        if name == "create":
            continue
        assert signed_in(eve).post(path, form, **JSON).status_code == 404, name
        nowhere = reverse(f"boards:{name}", args=_numbers(path))
        assert signed_in(eve).post(nowhere, form, **JSON).status_code == 404, name
    assert state() == before


def test_who_may_only_look_changes_nothing(doors, vera):
    before = state()
    for name, (path, form) in doors.items():
        if name != "create":
            assert signed_in(vera).post(path, form, **JSON).status_code == 403, name
    assert state() == before


def test_members_do_not_reach_what_managers_do(doors, bob):
    managed = {"rename", "add_person", "change_role", "create_label", "edit_label", "remove_label"}
    for name in managed:
        path, form = doors[name]
        assert signed_in(bob).post(path, form, **JSON).status_code == 403, name


def test_looking_changes_nothing(doors, ada):
    before = state()
    for path, _ in doors.values():
        assert signed_in(ada).get(path).status_code == 405
        assert signed_in(ada).head(path).status_code == 405
    for path in (
        "/boards/",
        f"/boards/{Board.objects.first().pk}/",
        f"/boards/{Board.objects.first().pk}/settings/",
    ):
        assert signed_in(ada).get(path).status_code == 200
    assert state() == before


def test_a_form_from_elsewhere_is_refused(doors, ada):
    before = state()
    for path, form in doors.values():
        assert signed_in(ada, enforce_csrf_checks=True).post(path, form).status_code == 403
    assert state() == before


def test_those_who_may_are_let_through(doors, ada):
    for name in (
        "edit_task",
        "move_task",
        "label_task",
        "assign_task",
        "edit_column",
        "create_task",
        "rename",
    ):
        path, form = doors[name]
        assert signed_in(ada).post(path, form, **JSON).status_code == 200, name
    assert Board.objects.get().name == "Shed"
    assert Task.objects.filter(title="Motor", column__title="Now").exists()


def test_a_plain_form_leads_back_to_the_board(ada, to_do, hangar):
    answer = signed_in(ada).post(reverse("boards:create_task", args=[to_do.pk]), {"title": "Tail"})
    assert (answer.status_code, answer.headers["Location"]) == (302, hangar.url)
    assert titles(to_do) == ["Tail"]


def test_a_script_gets_the_card(ada, to_do):
    answer = signed_in(ada).post(reverse("boards:create_task", args=[to_do.pk]), {"title": "Tail"}, **JSON)
    assert answer.json()["card"]["title"] == "Tail"


def test_a_card_asked_for_twice_is_made_once(ada, bob, to_do, doing):
    path, form = reverse("boards:create_task", args=[to_do.pk]), {"title": "Tail", "client_id": str(uuid4())}
    first, again = (signed_in(ada).post(path, form, **JSON).json()["card"] for _ in range(2))
    assert (first, titles(to_do)) == (again, ["Tail"])
    elsewhere = signed_in(ada).post(reverse("boards:create_task", args=[doing.pk]), form, **JSON)
    assert elsewhere.json()["card"]["task_id"] == first["task_id"]
    assert signed_in(bob).post(path, form, **JSON).json()["card"]["task_id"] != first["task_id"]
    signed_in(ada).post(path, {"title": "Tail"}), signed_in(ada).post(path, {"title": "Tail"})
    assert titles(to_do) == ["Tail"] * 4


def test_the_name_of_a_card_names_it_on_one_board_only(ada, to_do):
    column = create_board(by=ada, name="Other").columns.first()
    form = {"title": "Tail", "client_id": str(uuid4())}
    answers = [
        signed_in(ada).post(reverse("boards:create_task", args=[one.pk]), form, **JSON)
        for one in (to_do, column)
    ]
    assert [answer.status_code for answer in answers] == [200, 400]
    assert titles(column) == []


@pytest.mark.parametrize("name", ["x", "1", "zz" * 16, "\0"])
def test_a_name_that_is_none_makes_no_card(name, ada, to_do):
    path = reverse("boards:create_task", args=[to_do.pk])
    assert signed_in(ada).post(path, {"title": "Tail", "client_id": name}, **JSON).status_code == 400
    assert titles(to_do) == []


def test_what_is_wrong_is_told_in_a_sentence(ada, to_do):
    path = reverse("boards:create_task", args=[to_do.pk])
    assert signed_in(ada).post(path, {"title": " "}, **JSON).json() == dict.fromkeys(
        ("error", "detail"), "Please give a title."
    )
    page = signed_in(ada).post(path, {"title": " "}, follow=True)
    assert "Please give a title." in page.content.decode()


def test_a_move_may_come_as_json(ada, cards, doing):
    path, move = reverse("boards:move_task", args=[cards[0].pk]), {"column": str(doing.pk), "before": None}
    answer = signed_in(ada).post(path, move, content_type="application/json", **JSON)
    assert (answer.json()["card"]["column_id"], titles(doing)) == (doing.pk, ["Engine"])


def test_a_new_card_and_a_new_item_may_come_as_json(ada, cards, to_do):
    named = {"client_id": str(uuid4())}
    for name, of, said in (
        ("create_task", to_do, {"title": "Tail"}),
        ("add_item", cards[0], {"text": "Oil"}),
    ):
        path = reverse(f"boards:{name}", args=[of.pk])
        for _ in range(2):
            answer = signed_in(ada).post(path, said | named, content_type="application/json", **JSON)
            assert answer.status_code == 200
    assert titles(to_do).count("Tail") == 1
    assert [item.text for item in cards[0].checklist.all()] == ["Oil"]


@pytest.mark.parametrize("body", ["x", "[]", "[" * 100_000, '"column"', "\0"])
def test_json_that_says_nothing_moves_nothing(body, ada, cards):
    path = reverse("boards:move_task", args=[cards[0].pk])
    answer = signed_in(ada).post(path, body, content_type="application/json", **JSON)
    assert (answer.status_code, bool(answer.json()["detail"])) == (400, True)
    nowhere = signed_in(ada).post(path, {"column": {"a": [1]}}, content_type="application/json", **JSON)
    assert (nowhere.status_code, bool(nowhere.json()["detail"])) == (404, True)


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example", "javascript:alert(1)"])
def test_the_way_back_never_leads_elsewhere(elsewhere, ada, cards, hangar):
    path = reverse("boards:archive_task", args=[cards[0].pk])
    assert signed_in(ada).post(path, {"next": elsewhere}).headers["Location"] == hangar.url


def test_fields_that_are_nobodys_to_set_are_ignored(ada, eve, cards):
    other = create_board(by=ada, name="Other")
    path = reverse("boards:edit_task", args=[cards[0].pk])
    forged = {
        "title": "Motor",
        "board": other.pk,
        "rank": "1",
        "created_by": eve.pk,
        "revision": 1,
        "comment_count": 99,
    }
    signed_in(ada).post(path, forged)
    task = Task.objects.get(pk=cards[0].pk)
    assert (task.title, task.board_id, task.rank, task.created_by, task.comment_count) == (
        "Motor",
        cards[0].board_id,
        cards[0].rank,
        ada,
        0,
    )


@pytest.mark.parametrize("number", ["9" * 30, "-1", "x", "1.5", "²"])
def test_numbers_that_are_none_do_no_harm(number, ada, cards, to_do):
    client = signed_in(ada)
    path = reverse("boards:move_task", args=[cards[0].pk])
    assert client.post(path, {"column": number}, **JSON).status_code == 404
    assert client.post(path, {"column": to_do.pk, "before": number}, **JSON).status_code == 200
    people = reverse("boards:assign_task", args=[cards[0].pk])
    assert client.post(people, {"people": [number]}, **JSON).status_code == 400


def test_a_person_is_added_by_user_name_or_address(ada, eve, hangar):
    path = reverse("boards:add_person", args=[hangar.pk])
    signed_in(ada).post(path, {"person": " @Eve ", "role": "viewer"})
    assert hangar.memberships.get(user=eve).role == "viewer"
    hangar.memberships.filter(user=eve).delete()
    signed_in(ada).post(path, {"person": "EVE@example.org"})
    assert hangar.memberships.get(user=eve).role == "member"


def test_whoever_tries_names_to_see_who_is_here_is_slowed_down(ada, eve, hangar):
    path = reverse("boards:add_person", args=[hangar.pk])
    for number in range(limits.NAMES_AT_ONCE):
        answer = signed_in(ada).post(path, {"person": f"nobody{number}"}, **JSON)
        assert "Nobody here has that" in answer.json()["error"]
    for person in ("nobody", "eve"):
        answer = signed_in(ada).post(path, {"person": person}, **JSON)
        assert (answer.status_code, "named many people" in answer.json()["error"]) == (400, True)
    assert not hangar.memberships.filter(user=eve).exists()


def test_those_of_ones_other_boards_are_suggested(ada, bob, eve, hangar):
    far = create_board(by=eve, name="Far")
    add_board_member(by=eve, board_id=far.pk, user_id=ada.pk)
    here = signed_in(ada).get(reverse("boards:settings", args=[hangar.pk])).content.decode()
    assert '<option value="eve">Eve</option>' in here and '<option value="bob">' not in here
    assert (
        "<datalist" not in signed_in(bob).get(reverse("boards:settings", args=[hangar.pk])).content.decode()
    )


def test_who_leaves_a_board_comes_to_the_list(bob, hangar):
    answer = signed_in(bob).post(reverse("boards:remove_person", args=[hangar.pk, bob.pk]))
    assert answer.headers["Location"] == "/boards/"


def _numbers(path):
    return [10**6 for part in path.split("/") if part.isdigit()]
