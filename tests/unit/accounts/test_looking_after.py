"""What administrators do about others' accounts, whichever door it comes by."""

import pytest
from allauth.account.utils import user_pk_to_url_str
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import CommandError, call_command
from django.test import Client

from accounts import actions
from accounts.models import InviteLink

from .conftest import made, now


def test_open_lines_are_told_once_it_is_committed(ada, udo, monkeypatch, django_capture_on_commit_callbacks):
    told = []
    monkeypatch.setattr("live.announce_session_end", told.append)
    with django_capture_on_commit_callbacks(execute=True):
        actions.deactivate(by=ada, user_id=udo.pk)
        assert told == []
    assert told == [udo.pk]


@pytest.mark.parametrize("act", [actions.deactivate, actions.demote])
def test_the_links_of_who_may_not_invite_any_more_end_with_it(ada, udo, act):
    actions.promote(by=ada, user_id=udo.pk)
    of_udo, of_ada = (actions.make_invite_link(by=one)[0] for one in (udo, ada))
    act(by=ada, user_id=udo.pk)
    assert list(InviteLink.objects.standing()) == [of_ada]


def opens_a_form(key):
    answer = Client().get(f"/accounts/password/reset/key/{key}/", follow=True)
    return "password1" in answer.content.decode()


@pytest.mark.parametrize("act", [actions.deactivate, actions.demote])
def test_links_for_a_new_password_end_with_the_right_to_make_them(ada, udo, act):
    ida = made("ida", is_superuser=True)
    (_, of_ida), (_, of_ada), (_, of_the_host) = (
        actions.make_password_key(by=by, user_id=udo.pk) for by in (ida, ada, None)
    )
    forged = f"{of_ida.rpartition('-')[0]}-{of_ada.rpartition('-')[2]}"
    assert [opens_a_form(key) for key in (of_ida, of_ada, of_the_host, forged)] == [True, True, True, False]
    begun = Client()
    form = begun.get(f"/accounts/password/reset/key/{of_ida}/").headers["Location"]
    act(by=ada, user_id=ida.pk)
    assert [opens_a_form(key) for key in (of_ida, of_ada, of_the_host)] == [False, True, True]
    chosen = "a wing and a prayer"
    begun.post(form, {"password1": chosen, "password2": chosen})
    assert not now(udo).check_password(chosen)


@pytest.mark.parametrize("key", ["x-y-z", "--", "x-y-" + "z" * 400, "-", "x"])
def test_no_key_breaks_anything(udo, key):
    assert not opens_a_form(f"{user_pk_to_url_str(udo)}-{key}")


def test_who_is_deactivated_neither_becomes_an_administrator_nor_gets_a_password(ada, udo):
    actions.deactivate(by=ada, user_id=udo.pk)
    for act in (actions.promote, actions.make_password_key):
        with pytest.raises(ValidationError):
            act(by=ada, user_id=udo.pk)


@pytest.mark.parametrize(
    "act",
    [
        actions.deactivate,
        actions.let_in_again,
        actions.promote,
        actions.demote,
        actions.make_password_key,
        actions.take_two_factor_away,
    ],
)
def test_only_active_administrators_look_after_people(ada, udo, act):
    stale = now(ada)
    ida = made("ida", is_superuser=True)
    for by in (udo, made("eve", is_staff=True), made("old", is_superuser=True, is_active=False)):
        for about in (ada, udo, by):
            with pytest.raises(PermissionDenied):
                act(by=by, user_id=about.pk)
    get_user_model().objects.filter(pk=ada.pk).update(is_superuser=False)
    with pytest.raises(PermissionDenied):  # it is asked under the lock, not of what a request knew
        act(by=stale, user_id=ida.pk)


def test_a_host_at_a_shell_deactivates(udo, capsys):
    call_command("deactivate", "UDO")
    assert "udo is deactivated" in capsys.readouterr().out and not now(udo).is_active
    for name in ("ada", "nobody"):
        with pytest.raises(CommandError):
            call_command("deactivate", name)
