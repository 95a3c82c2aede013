"""Whoever comes by a link that leads onto a board is on it at once, as what the link says, if it may still be said."""

import re

import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.test import Client

from boards.actions import change_board_role, invite_to_board, remove_board_member
from boards.models import BoardInvite, BoardMembership

PASSWORD = "a sentence of one's own"
EVA = {"username": "eva", "password1": PASSWORD, "password2": PASSWORD}


@pytest.fixture
def admin(ada):
    """Ada, who runs the hangar, looks after everybody besides."""
    ada.is_superuser = True
    ada.save(update_fields=["is_superuser"])
    return ada


def signed_in(person):
    client = Client()
    client.force_login(person)
    return client


def comes_in(token, name="eva"):
    assert Client().post(f"/accounts/join/{token}/", EVA | {"username": name}).status_code == 302
    return get_user_model().objects.get(username=name)


def roles_on(board):
    return dict(board.memberships.values_list("user__username", "role"))


def test_who_comes_by_it_is_on_the_board_and_in_its_rooms(admin, hangar):
    link, token = invite_to_board(by=admin, board_id=hangar.pk, people=2)
    eva, udo = comes_in(token), comes_in(token, "udo")
    assert {roles_on(hangar)[one.username] for one in (eva, udo)} == {"member"}
    assert hangar.name in signed_in(eva).get("/messaging/").content.decode()
    link.refresh_from_db()
    assert link.used == 2


def test_they_are_there_as_what_the_link_says(admin, hangar):
    _, token = invite_to_board(by=admin, board_id=hangar.pk, role="viewer")
    comes_in(token)
    assert roles_on(hangar)["eva"] == "viewer"


def test_a_link_is_called_after_its_board_unless_it_has_a_name(admin, hangar):
    plain, _ = invite_to_board(by=admin, board_id=hangar.pk)
    named, _ = invite_to_board(by=admin, board_id=hangar.pk, note="The crew")
    assert (plain.note, named.note) == (hangar.name, "The crew")


def test_who_made_it_and_left_the_board_brings_nobody_onto_it(admin, bob, hangar):
    _, token = invite_to_board(by=admin, board_id=hangar.pk)
    change_board_role(by=admin, board_id=hangar.pk, user_id=bob.pk, role="owner")
    remove_board_member(by=admin, board_id=hangar.pk, user_id=admin.pk)
    eva = comes_in(token)
    assert eva.is_active and "eva" not in roles_on(hangar)


def test_who_made_it_gives_no_role_that_they_may_not_give_any_more(admin, bob, hangar):
    _, token = invite_to_board(by=admin, board_id=hangar.pk, role="owner")
    change_board_role(by=admin, board_id=hangar.pk, user_id=bob.pk, role="owner")
    change_board_role(by=bob, board_id=hangar.pk, user_id=admin.pk, role="admin")
    comes_in(token)
    assert "eva" not in roles_on(hangar)


@pytest.mark.parametrize("role", ["member", "viewer"])
def test_an_administrator_who_does_not_run_the_board_invites_nobody_to_it(admin, bob, hangar, role):
    change_board_role(by=admin, board_id=hangar.pk, user_id=bob.pk, role="owner")
    change_board_role(by=bob, board_id=hangar.pk, user_id=admin.pk, role=role)
    with pytest.raises(PermissionDenied):
        invite_to_board(by=admin, board_id=hangar.pk)
    there = f"/boards/{hangar.pk}/invite/"
    assert {signed_in(admin).get(there).status_code, signed_in(admin).post(there).status_code} == {403}
    assert not BoardInvite.objects.exists()


def test_who_runs_the_board_and_is_no_administrator_is_told_who_invites(ada, hangar):
    with pytest.raises(PermissionDenied):
        invite_to_board(by=ada, board_id=hangar.pk)
    page = signed_in(ada).get(f"/boards/{hangar.pk}/settings/").content.decode()
    assert "An administrator invites them by a link" in page and "/invite/" not in page


def test_the_settings_lead_to_a_link_that_is_shown_once(admin, hangar):
    client, there = signed_in(admin), f"/boards/{hangar.pk}/invite/"
    assert there in client.get(f"/boards/{hangar.pk}/settings/").content.decode()
    made = client.post(there, {"people": "1", "role": "member"})
    assert "no-store" in made.headers["Cache-Control"]
    assert f"is on {hangar.name} at once, as member" in made.content.decode()
    (link,) = re.findall(r'id="link" value="http://testserver(/[^"]+)"', made.content.decode())
    assert link not in client.get(there).content.decode()
    assert Client().post(link, EVA).status_code == 302
    assert roles_on(hangar)["eva"] == "member"


def test_an_admin_of_the_board_makes_nobody_its_owner_by_a_link(admin, bob, hangar):
    change_board_role(by=admin, board_id=hangar.pk, user_id=bob.pk, role="owner")
    change_board_role(by=bob, board_id=hangar.pk, user_id=admin.pk, role="admin")
    answer = signed_in(admin).post(f"/boards/{hangar.pk}/invite/", {"people": "1", "role": "owner"})
    assert answer.status_code == 200 and not BoardInvite.objects.exists()
    with pytest.raises(PermissionDenied):
        invite_to_board(by=admin, board_id=hangar.pk, role=BoardMembership.Role.OWNER)


def test_who_is_added_by_name_is_said_to_be_on_the_board(ada, eve, hangar):
    answer = signed_in(ada).post(f"/boards/{hangar.pk}/people/", {"person": "@eve"}, follow=True)
    assert f"{eve.name} is on the board now." in answer.content.decode()


def test_whom_nobody_here_is_called_after_is_invited_at_once(admin, hangar):
    filled_in = {"person": "zoe@example.org", "role": "viewer"}
    answer = signed_in(admin).post(f"/boards/{hangar.pk}/people/", filled_in, follow=True)
    assert answer.redirect_chain[-1][0].startswith(f"/boards/{hangar.pk}/invite/")
    page = answer.content.decode()
    assert "Nobody here has that user name" in page
    assert 'value="zoe@example.org"' in page and '<option value="viewer" selected>' in page


def test_who_may_invite_nobody_stays_where_they_add_people(ada, hangar):
    there = f"/boards/{hangar.pk}/settings/"
    filled_in = {"person": "zoe@example.org", "next": there}
    answer = signed_in(ada).post(f"/boards/{hangar.pk}/people/", filled_in, follow=True)
    assert answer.redirect_chain[-1][0] == there and "Nobody here has that" in answer.content.decode()


@pytest.mark.parametrize(("begun", "chosen"), [("viewer", "viewer"), ("captain", "member"), ("", "member")])
def test_the_form_begins_with_a_role_that_may_be_given(admin, hangar, begun, chosen):
    page = signed_in(admin).get(f"/boards/{hangar.pk}/invite/", {"role": begun}).content.decode()
    assert re.findall(r'<option value="(\w+)" selected', page)[0] == chosen
