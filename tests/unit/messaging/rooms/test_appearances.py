"""Another name or picture is told off the boards too: to those who share a conversation, and for as long as they do."""

import pytest

from messaging import policy
from messaging.actions import add_member, invite, remove_member
from messaging.line.personal import personal_changes
from messaging.line.streams import InboxSource
from messaging.models import Appearance
from messaging.queries import appearances

from ...cast import person


def call(who, name):
    who.display_name = name
    who.save()


def told(who, since=0):
    """Names, as their inbox is told of them."""
    frames = [frame for change in personal_changes(who.pk, since, 100) for frame in change.noun]
    return [one["display_name"] for frame in frames for one in frame.get("people", ())]


def answered(who, since=0):
    return appearances.told_since(who, since, 10)


def last_told(who):
    return InboxSource().heads([who.pk])[who.pk].people_revision


def test_a_guest_is_told_of_the_people_of_the_room_and_they_of_the_guest(ada, bob, gus, cockpit):
    call(ada, "Ada the Flyer")
    call(bob, "Bob the Builder")  # not in that room
    call(gus, "Gustav")
    assert (told(gus), told(ada), told(bob)) == (["Ada the Flyer", "Gustav"], ["Gustav"], [])


def test_two_guests_of_one_room_are_told_of_each_other(ada, gus, eve, cockpit):
    add_member(by=ada, conversation_id=cockpit.pk, user_id=eve.pk)
    call(eve, "Evelyn")
    assert told(gus) == ["Evelyn"]


def test_who_shares_a_board_is_told_by_it_alone(ada, bob, direct):
    call(ada, "Ada the Flyer")
    assert not Appearance.objects.filter(user=bob).exists() and told(bob) == []


def test_a_stranger_is_told_of_nobody(ada, gus, eve, cockpit):
    call(ada, "Ada the Flyer")
    assert told(gus) == ["Ada the Flyer"]
    assert told(eve) == [] and answered(eve)["people"] == []


@pytest.mark.parametrize("asks", [told, lambda who: [one["display_name"] for one in answered(who)["people"]]])
def test_who_was_put_out_is_told_no_more_not_even_of_before(ada, gus, cockpit, asks):
    call(ada, "Ada the Flyer")
    assert asks(gus) == ["Ada the Flyer"]
    remove_member(by=ada, conversation_id=cockpit.pk, user_id=gus.pk)
    assert asks(gus) == []
    call(ada, "Ada the Great")
    assert asks(gus) == []


def test_who_missed_it_is_told_the_latest_of_each_and_how_far_that_goes(ada, gus, cockpit):
    before = last_told(gus)
    call(ada, "Ada the Flyer")
    call(ada, "Ada the Great")
    answer = answered(gus, before)
    assert [one["display_name"] for one in answer["people"]] == ["Ada the Great"]
    assert answer["revision"] == last_told(gus) > before
    assert (answer["board_id"], answer["since"]) == (None, before)
    assert answered(gus, answer["revision"])["people"] == []


def test_a_new_name_is_told_to_exactly_those_who_may_see_the_person(
    ada, bob, vera, gus, eve, rex, cockpit, direct
):
    invite(by=ada, conversation_id=cockpit.pk, user_id=eve.pk)
    everybody = {ada, bob, vera, gus, eve, rex, person("nobody")}
    for one in everybody:
        on_boards = {other for other in everybody if _shares_a_board(one, other)}
        seen_by = {
            other for other in everybody - {one} if policy.people_met(other).filter(pk=one.pk).exists()
        }
        assert {*policy.met_off_boards(one)} - {one} == seen_by - on_boards


def _shares_a_board(one, other):
    boards = one.board_memberships.values("board")
    return other.board_memberships.filter(board__in=boards).exists()
