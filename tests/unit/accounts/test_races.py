"""What two do with accounts at the same moment comes out as if one had been first."""

import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError

from accounts.actions import LinkIsOver, join, make_invite_link
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
