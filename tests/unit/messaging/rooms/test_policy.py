"""Who may do what: everybody of the cast, in every kind of conversation."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser

from accounts.actions import deactivate
from boards.actions import create_board
from boards.policy import role_of
from messaging import policy
from messaging.actions import archive_room, ban_member, delete_message, leave_room
from messaging.models import Conversation, Membership

from ..conftest import now, say

EVERYTHING = {"read", "post", "edit", "delete", "react", "manage", "delete another's"}
OWN = {"read", "post", "edit", "delete", "react"}
NOTHING = set()

MATRIX = {
    "hangar": {"ada": EVERYTHING, "bob": OWN, "vera": {"read", "delete"}, "gus": OWN},
    "cockpit": {"ada": EVERYTHING, "gus": OWN},
    "engine": {"ada": EVERYTHING, "bob": OWN, "vera": {"read", "delete"}},
    "direct": {"ada": OWN, "bob": OWN},
}
CAST = ["ada", "bob", "vera", "gus", "rex", "eve", "nobody"]


def what_they_may(who, where, others):
    """By the policy's own answers, with a message of theirs and one of somebody else's."""
    own = where.messages.create(
        seq=900, revision=900, born=900, author_id=who.pk, author_name="own", body="own"
    )
    able = {
        "read": policy.may_read(who, where),
        "post": policy.may_post(who, where),
        "edit": policy.may_edit_message(who, own),
        "delete": policy.may_delete_message(who, own),
        "react": policy.may_react(who, others),
        "manage": policy.may_manage(who, where),
        "delete another's": policy.may_delete_message(who, others),
    }
    return {what for what, may in able.items() if may}


@pytest.mark.parametrize("name", CAST)
@pytest.mark.parametrize("place", MATRIX)
def test_everybody_may_exactly_what_is_theirs(place, name, request, rex, eve):
    where = request.getfixturevalue(place)
    who = AnonymousUser() if name == "nobody" else request.getfixturevalue(name)
    others = where.messages.create(seq=901, revision=901, born=901, author_name="gone", body="other")
    assert what_they_may(who, where, others) == MATRIX[place].get(name, NOTHING)
    readers = set(policy.readers(where).values_list("username", flat=True))
    assert (name in readers) == ("read" in MATRIX[place].get(name, NOTHING))


@pytest.mark.usefixtures("board")
@pytest.mark.parametrize("place", MATRIX)
def test_nobody_changes_anothers_words(place, request, ada):
    where = request.getfixturevalue(place)
    others = where.messages.create(seq=901, revision=901, born=901, author_name="gone", body="other")
    assert not policy.may_edit_message(ada, others)


def test_a_deactivated_person_may_nothing(bob, hangar):
    bob.is_active = False
    bob.save()
    assert not policy.abilities(bob, hangar)
    assert not Conversation.objects.visible_to(bob)
    assert bob not in policy.readers(hangar)


def test_who_was_deactivated_since_they_asked_may_nothing_either(bob, ada, hangar, board):
    """As a page or a line still knows them that was opened before."""
    before = get_user_model().objects.get(pk=bob.pk)
    deactivate(by=None, user_id=bob.pk)
    assert before.is_active and not policy.abilities(before, hangar) and role_of(before, board) is None
    assert policy.abilities(ada, hangar) and role_of(ada, board)


def test_a_superuser_is_nowhere_by_themselves(eve, hangar):
    eve.is_superuser = eve.is_staff = True
    eve.save()
    assert not policy.abilities(eve, hangar)


def test_a_place_in_the_reading_of_a_task_is_no_key(eve, engine):
    Membership.objects.create(conversation=engine, user=eve)
    assert not policy.abilities(eve, engine)
    assert not Conversation.objects.visible_to(eve)


def test_an_archived_room_is_only_read(ada, bob, hangar):
    message = say(bob, hangar, "Hello")
    archive_room(by=ada, conversation_id=hangar.pk)
    message.conversation = now(hangar)
    assert policy.may_read(bob, hangar)
    assert not policy.may_post(bob, now(hangar))
    assert not policy.may_edit_message(bob, message)


def test_who_left_an_open_room_may_read_but_not_post(bob, hangar):
    leave_room(by=bob, conversation_id=hangar.pk)
    assert policy.may_read(bob, hangar)
    assert not policy.may_post(bob, hangar)


@pytest.mark.usefixtures("board")
def test_asking_with_the_conversation_is_asking_alone(request, ada, bob, vera, gus):
    for place in MATRIX:
        where = request.getfixturevalue(place)
        for who in (ada, bob, vera, gus):
            asked = policy.with_roles(Conversation.objects.all(), who).get(pk=where.pk)
            assert policy.abilities_as_found(asked) == policy.abilities(who, where)


def test_one_may_talk_to_those_one_meets(ada, bob, gus, eve, hangar):
    assert set(policy.acquaintances(gus)) >= {ada, bob}
    assert eve not in policy.acquaintances(ada)
    assert not policy.acquaintances(eve)


def test_whoever_is_on_another_board_reads_nothing_here(eve, hangar, engine):
    create_board(by=eve, name="Elsewhere")
    for place in (hangar, engine):
        assert not policy.readers(place).filter(pk=eve.pk).exists()


def test_nobody_reacts_to_what_nobody_said_or_what_was_taken_back(ada, hangar):
    message = say(ada, hangar, "Hello")
    assert policy.may_react(ada, message)
    delete_message(by=ada, conversation_id=hangar.pk, message_id=message.pk)
    message.refresh_from_db()
    assert not policy.may_react(ada, message)
    told = hangar.messages.filter(kind="system").first()
    assert told is not None and not policy.may_react(ada, told)


def test_a_ban_is_of_one_person_from_one_room(ada, bob, gus, hangar, cockpit):
    ban_member(by=ada, conversation_id=hangar.pk, user_id=gus.pk)
    assert policy.is_banned(gus, hangar)
    assert not policy.is_banned(bob, hangar) and not policy.is_banned(gus, cockpit)
