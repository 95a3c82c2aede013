"""Whose address is banned makes no other account with it, until they are let in again."""

import io

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.test import Client

from accounts import actions
from accounts.models import AuditEntry, InviteLink

from .conftest import now
from .test_administrators import of, words
from .test_people import PASSWORD


def comes_in(email):
    """Whether somebody makes an account with this address, by a link for anybody."""
    _, token = actions.make_invite_link(by=None)
    newcomer = {"username": "eva", "email": email, "password1": PASSWORD, "password2": PASSWORD}
    page = Client().post(f"/accounts/join/{token}/", newcomer)
    came = get_user_model().objects.filter(username="eva").exists()
    assert came or "This address is not welcome here" in words(page)
    assert came == InviteLink.objects.latest("pk").is_used_up
    return came


def test_who_is_banned_makes_no_account_with_their_address(admin, udo):
    assert "Nobody makes an account with their address" in words(
        admin.post(of(udo, "deactivate/"), {"ban": "1"}, follow=True)
    )
    assert not comes_in("udo@example.org") and not comes_in("UDO@Example.org")
    assert comes_in("")


@pytest.mark.parametrize("how", ["not banned", "let in", "another address"])
def test_who_is_not_banned_joins(admin, ada, udo, how):
    actions.deactivate(by=ada, user_id=udo.pk, bans=how != "not banned")
    if how == "let in":
        actions.let_in_again(by=ada, user_id=udo.pk)
        assert not now(udo).is_banned and now(udo).is_active
    assert comes_in("eva@example.org" if how == "another address" else "udo@example.org")


@pytest.mark.parametrize("verified", [True, False])
def test_an_address_is_banned_only_if_it_is_known_to_be_theirs(ada, udo, verified):
    EmailAddress.objects.create(user=udo, email="lind@example.org", verified=verified)
    actions.deactivate(by=ada, user_id=udo.pk, bans=True)
    assert comes_in("Lind@example.org") is not verified


def test_who_is_deactivated_already_can_be_banned_later_and_each_is_noted_once(admin, ada, udo):
    actions.deactivate(by=ada, user_id=udo.pk)
    assert "Ban their address" in words(admin.get(of(udo)))
    for _ in range(2):
        admin.post(of(udo, "deactivate/"), {"ban": "1"})
    assert "address banned" in words(admin.get(of(udo))) and "Ban their address" not in words(
        admin.get(of(udo))
    )
    for _ in range(2):
        actions.let_in_again(by=ada, user_id=udo.pk)
    noted = AuditEntry.objects.filter(noun_id=udo.pk, kind="person").order_by("pk")
    assert [entry.word.partition(".")[2] for entry in noted] == [
        "deactivated",
        "banned",
        "ban_lifted",
        "let_in",
    ]


def test_the_database_itself_lets_nobody_be_in_and_banned(udo):
    with pytest.raises(IntegrityError), transaction.atomic():
        get_user_model().objects.filter(pk=udo.pk).update(is_banned=True)


def test_a_host_at_a_shell_bans(ada, udo):
    call_command("deactivate", "udo", "--ban", stdout=io.StringIO())
    assert now(udo).is_banned and not now(udo).is_active
