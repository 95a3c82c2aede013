"""People come in by an invite link: as many as it is for, as long as it is good, and nobody by one that is over."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import CommandError, call_command
from django.db import IntegrityError
from django.test import Client
from django.utils import timezone

from accounts.actions import make_invite_link, take_back_invite_link
from accounts.models import InviteLink

from .test_people import PASSWORD, is_in

pytestmark = pytest.mark.django_db

EVA = {"username": "eva", "display_name": "Eva", "email": "", "password1": PASSWORD, "password2": PASSWORD}


def path(token):
    return f"/accounts/join/{token}/"


def invited(**how):
    """(the link, its path)"""
    link, token = make_invite_link(by=None, **how)
    return link, path(token)


def people():
    return set(get_user_model().objects.values_list("username", flat=True))


def comes_in(there, client=None, **said):
    return (client or Client()).post(there, EVA | said)


def test_who_is_invited_makes_an_account_and_is_in(db):
    client, (link, there) = Client(), invited()
    assert client.get(there).status_code == 200 and people() == set()
    answer = comes_in(there, client)
    assert answer.headers["Location"] == "/messaging/" and is_in(client)
    eva = get_user_model().objects.get()
    assert (eva.username, eva.name, eva.is_superuser, eva.is_staff) == ("eva", "Eva", False, False)
    assert eva.check_password(PASSWORD)
    link.refresh_from_db()
    assert link.used == 1


def test_nobody_is_made_more_than_they_are_by_what_they_post(db):
    comes_in(invited()[1], is_superuser="on", is_staff="on", is_active="")
    assert get_user_model().objects.filter(is_superuser=False, is_staff=False, is_active=True).exists()


def test_a_link_for_one_lets_one_in_and_then_says_so(db):
    _, there = invited()
    comes_in(there)
    for late in (Client().get(there), comes_in(there, username="udo")):
        assert late.status_code == 410 and "for one person, who is in" in late.content.decode()
    assert people() == {"eva"}


def test_a_link_for_any_number_lets_all_in_and_counts_them(db):
    link, there = invited(people=None)
    for name in ("eva", "udo", "ida"):
        assert comes_in(there, username=name).status_code == 302
    link.refresh_from_db()
    assert link.used == 3 and people() == {"eva", "udo", "ida"}


def test_an_old_link_lets_nobody_in(db):
    link, there = invited()
    InviteLink.objects.update(good_until=timezone.now() - timedelta(seconds=1))
    for late in (Client().get(there), comes_in(there)):
        assert late.status_code == 410 and "It was good until" in late.content.decode()
    assert people() == set()


def test_a_link_taken_back_lets_nobody_in(db):
    link, there = invited()
    take_back_invite_link(by=None, link_id=link.pk)
    for late in (Client().get(there), comes_in(there)):
        assert late.status_code == 410 and "taken back" in late.content.decode()
    assert people() == set()
    with pytest.raises(InviteLink.DoesNotExist):
        take_back_invite_link(by=None, link_id=link.pk)


def test_names_differ_by_more_than_case_in_every_alphabet(db):
    _, there = invited(people=None)
    assert comes_in(there, username="Мария").status_code == 302
    again = comes_in(there, username="мария")
    assert again.status_code == 200 and "already exists" in again.content.decode()
    assert people() == {"Мария"}


def test_what_goes_wrong_uses_nothing_up(ada):
    link, there = invited()
    for wrong in (
        {"username": "ADA"},
        {"username": "ад\u0430", "password1": "other"},
        {"username": "\u0430da"},  # its first letter is Cyrillic
        {"password1": "password", "password2": "password"},
        {"email": "no address"},
        {"username": ""},
    ):
        answer = comes_in(there, **wrong)
        assert answer.status_code == 200 and "errorlist" in answer.content.decode(), wrong
    link.refresh_from_db()
    assert (link.used, people()) == (0, {"ada"})
    assert comes_in(there).status_code == 302


def test_a_name_taken_meanwhile_is_told_like_one_taken_before_and_uses_nothing_up(ada, monkeypatch):
    link, there = invited()
    looked = "django.contrib.auth.forms.UserCreationForm.clean_username"
    monkeypatch.setattr(looked, lambda form: form.cleaned_data["username"])
    monkeypatch.setattr("django.forms.models.BaseModelForm.validate_unique", lambda form: None)
    monkeypatch.setattr("django.db.models.Model.validate_constraints", lambda *args, **how: None)
    answer = comes_in(there, username="ada")
    assert answer.status_code == 200 and "already exists" in answer.content.decode()
    link.refresh_from_db()
    assert (link.used, people()) == (0, {"ada"})


def test_over_links_tell_nothing_of_who_is_here(ada):
    link, there = invited()
    take_back_invite_link(by=None, link_id=link.pk)
    here, nobody = comes_in(there, username="ada"), comes_in(there, username="zoe")
    assert "already exists" not in here.content.decode() and here.status_code == nobody.status_code


def test_an_address_that_somebody_has_is_taken_without_a_word(ada):
    """Joining must tell which user names are taken, and tells no more than that."""
    assert comes_in(invited()[1], email="ada@example.org").status_code == 302


@pytest.mark.parametrize("forged", ["x" * 32, "x" * 3000, "%F0%90", "é"])
def test_a_forged_link_leads_nowhere(forged, db):
    invited()
    assert Client().get(path(forged)).status_code == 404
    assert comes_in(path(forged)).status_code == 404 and people() == set()


def test_the_database_holds_no_token(db):
    link, token = make_invite_link(by=None)
    kept = InviteLink.objects.values_list().get()
    assert not any(token in str(value) for value in kept) and len(token) >= 32


def test_who_is_in_already_uses_nothing_up(ada):
    client, (link, there) = Client(), invited()
    client.force_login(ada)
    assert client.get(there).status_code == client.post(there, EVA).status_code == 302
    link.refresh_from_db()
    assert link.used == 0 and people() == {"ada"}


def test_tries_are_throttled_by_address(db):
    _, there = invited(people=None)
    tries = [comes_in(there, password2="another", username=f"u{n}").status_code for n in range(31)]
    assert set(tries[:30]) == {200} and tries[30] == 429


def test_only_administrators_invite(ada):
    udo = get_user_model().objects.create_user("udo")
    link, _ = make_invite_link(by=ada)
    for forbidden in (
        lambda: make_invite_link(by=udo),
        lambda: take_back_invite_link(by=udo, link_id=link.pk),
    ):
        with pytest.raises(PermissionDenied):
            forbidden()


@pytest.mark.parametrize(
    "how", [{"people": 0}, {"people": -1}, {"people": 10**9}, {"days": 0}, {"days": 366}]
)
def test_no_link_is_for_nobody_or_for_ever(how, db):
    with pytest.raises(ValidationError):
        make_invite_link(by=None, **how)


def test_the_database_itself_counts_no_more_than_were_invited(db):
    invited()
    with pytest.raises(IntegrityError):
        InviteLink.objects.update(used=2)


def test_a_host_at_a_shell_invites(db, capsys, settings):
    settings.PUBLIC_URL = "https://chat.example.org/"
    call_command("invite", "--people", "2", "--days", "3")
    there = capsys.readouterr().out.strip()
    assert there.startswith("https://chat.example.org/accounts/join/")
    assert comes_in(there.removeprefix("https://chat.example.org")).status_code == 302
    link = InviteLink.objects.get()
    assert (link.people, link.used) == (2, 1) and timedelta(2) < link.good_until - timezone.now() < timedelta(
        3
    )
    with pytest.raises(CommandError):
        call_command("invite", "--days", "0")
