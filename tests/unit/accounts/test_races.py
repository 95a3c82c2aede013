"""What two do with accounts at the same moment comes out as if one had been first."""

import time
from contextlib import suppress
from threading import Barrier, BrokenBarrierError

import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from accounts.actions import (
    LinkIsOver,
    administrators,
    demote,
    join,
    make_invite_link,
    make_token,
    set_up_two_factor,
    use_code,
)
from accounts.models import InviteLink
from accounts.scopes import SCOPES
from accounts.signing_in.two_factor import STEP, format_hotp_value, hotp_value

from ..messaging.line.test_races import a_database_for_several, all_at_once  # noqa: F401  a fixture

pytestmark = pytest.mark.django_db(transaction=True)


def newcomer(name):
    return get_user_model()(username=name)


def test_eight_who_come_by_a_link_for_three_are_three(db):
    _, token = make_invite_link(by=None, people=3)

    def comes(number):
        try:
            return join(token=token, newcomer=newcomer(f"one{number}"))
        except LinkIsOver as over:
            return over

    came = all_at_once(*[lambda number=number: comes(number) for number in range(8)])
    assert sum(isinstance(one, LinkIsOver) for one in came) == 5
    assert get_user_model().objects.count() == InviteLink.objects.get().used == 3


def test_two_who_choose_one_name_are_one_and_a_sentence(db):
    _, token = make_invite_link(by=None, people=None)
    came = all_at_once(*[lambda: join(token=token, newcomer=newcomer("eva"))] * 4)
    assert sum(isinstance(one, ValidationError) for one in came) == 3
    assert get_user_model().objects.count() == InviteLink.objects.get().used == 1


def test_administrators_who_demote_each_other_at_once_leave_one(db, monkeypatch):
    """Each has seen that there are others before any is demoted, unless they must wait for each other."""
    seen, look = Barrier(3), administrators.an_administrator_stays

    def look_and_wait(**who):
        look(**who)
        with suppress(BrokenBarrierError):
            seen.wait(0.5)

    monkeypatch.setattr(administrators, "an_administrator_stays", look_and_wait)
    made = [get_user_model().objects.create_user(name, is_superuser=True) for name in ("ada", "ida", "eva")]
    pairs = zip(made, made[1:] + made[:1], strict=True)
    came = all_at_once(*[lambda by=by, whom=whom: demote(by=by, user_id=whom.pk) for by, whom in pairs])
    assert any(isinstance(one, PermissionDenied | ValidationError) for one in came)
    assert get_user_model().objects.filter(is_superuser=True).exists()


def test_a_token_that_is_asked_for_while_the_password_changes_is_not_made(db):
    """It waits for the row of its person, whose tokens were ended by then; without the change it is made."""
    known = get_user_model().objects.create_user("ada", password="a sentence")
    make_token(by=known, name="Bot", scopes=SCOPES)
    saved, waited = Barrier(2), Barrier(2)

    def turns():
        with transaction.atomic():
            person = get_user_model().objects.get()
            person.set_password("another sentence")
            person.save()
            saved.wait(5)
            with suppress(BrokenBarrierError):
                waited.wait(0.5)

    def asks():
        saved.wait(5)
        return make_token(by=known, name="Bot", scopes=SCOPES)

    _, refused = all_at_once(turns, asks)
    assert isinstance(refused, PermissionDenied) and not known.access_tokens.exists()


SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@pytest.fixture
def udo(db):
    """Who set up a second factor a moment ago; his recovery codes, and what his app shows next."""
    udo = get_user_model().objects.create_user("udo")
    shown = [format_hotp_value(hotp_value(SECRET, int(time.time()) // STEP + ahead)) for ahead in (0, 1)]
    udo.codes = set_up_two_factor(by=udo, secret=SECRET, code=shown[0])
    udo.shown = shown[1]
    return udo


def gives(user, code):
    try:
        return use_code(user_id=user.pk, code=code)
    except ValidationError as error:
        return error


@pytest.mark.parametrize("kind", ["shown", "recovery"])
def test_of_several_who_give_one_code_at_once_one_comes_in(udo, kind):
    code = udo.shown if kind == "shown" else udo.codes[0]
    came = all_at_once(*[lambda: gives(udo, code)] * 4)
    assert came.count(None) == 1


def test_guesses_at_once_are_counted_each(udo):
    came = all_at_once(*[lambda: gives(udo, "000000")] * 8)
    assert sum("Too many" in str(one) for one in came) == 3
