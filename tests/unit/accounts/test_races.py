"""What two do with accounts at the same moment comes out as if one had been first."""

from contextlib import suppress
from threading import Barrier, BrokenBarrierError

import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied, ValidationError

from accounts.actions import LinkIsOver, administrators, demote, join, make_invite_link
from accounts.models import InviteLink

from ..messaging.test_races import a_database_for_several, all_at_once  # noqa: F401  a fixture

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
