"""The address of a line leads where the policy lets its person go, and nowhere else: for everybody, everywhere."""

from datetime import timedelta

import pytest
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY, get_user_model
from django.utils import timezone

from accounts.models import Session
from accounts.sessions.opening import people_of
from accounts.sessions.store import SessionStore
from boards.actions import remove_board_member
from messaging.actions import archive_room, mark_read
from messaging.finding import COMMENTS, ROOMS
from messaging.line.streams import STANDING, standing_of
from messaging.models import Conversation

from ..conftest import now, say

pytestmark = pytest.mark.django_db


@pytest.fixture
def everybody(ada, bob, vera, gus, rex, eve):
    return [ada, bob, vera, gus, rex, eve]


@pytest.fixture
def everywhere(ada, hangar, cockpit, engine, direct, shed):
    return [now(one) for one in (hangar, cockpit, engine, direct, shed)]


@pytest.fixture
def shed(ada, board):
    """An archived room."""
    from messaging.actions import create_room

    room = create_room(by=ada, board_id=board.pk, name="Shed")
    archive_room(by=ada, conversation_id=room.pk)
    return now(room)


def found(person, place):
    """Conversations, as (id, how far read, standing), as a line of this person's finds them."""
    rows = (COMMENTS if place.is_task else ROOMS).ask(user=person.pk, id=address(place))
    return [
        (id, read, standing_of(*stands[: len(STANDING)]))
        for user, asked, id, read, *stands in rows
        if (user, asked) == (person.pk, address(place))
    ]


def address(place):
    return place.task_id if place.is_task else place.pk


def by_the_policy(person, place):
    if not Conversation.objects.visible_to(person).filter(pk=place.pk).exists():
        return []
    place, membership = now(place), place.memberships.filter(user=person).first()
    standing = standing_of(place.revision, place.epoch, place.access, place.last_seq)
    return [(place.pk, membership.read_seq if membership else 0, standing)]


def test_everybody_finds_what_the_policy_shows_them(everybody, everywhere):
    seen = {}
    for place in everywhere:
        for person in everybody:
            assert found(person, place) == by_the_policy(person, place), (person, place)
            seen.setdefault(str(place), set()).update({person.username} if found(person, place) else ())
    hangar, cockpit, engine, direct, shed = (seen[str(place)] for place in everywhere)
    assert hangar == {"ada", "bob", "vera", "gus"}  # the policy itself is meant, and not nobody
    assert cockpit == {"ada", "gus"} and direct == {"ada", "bob"}
    assert engine == shed == {"ada", "bob", "vera"}


def test_one_query_each_and_worded_once(everybody, everywhere, django_assert_num_queries):
    found(everybody[0], everywhere[0])
    with django_assert_num_queries(len(everywhere) * len(everybody)):
        for place in everywhere:
            for person in everybody:
                found(person, place)


def test_many_are_told_in_one_query_what_each_would_be_told_alone(
    everybody, everywhere, django_assert_num_queries
):
    for question, places in (
        (ROOMS, [one for one in everywhere if not one.is_task]),
        (COMMENTS, [one for one in everywhere if one.is_task]),
    ):
        pairs = [(person.pk, address(place)) for person in everybody for place in places]
        question.ask_each(pairs)
        with django_assert_num_queries(1):
            together = set(question.ask_each(pairs))
        assert together == {row for user, id in pairs for row in question.ask(user=user, id=id)}
        assert 0 < len(together) < len(pairs)


def test_a_task_is_no_room_and_a_room_no_task(ada, hangar, cockpit, engine):
    assert ROOMS.ask(user=ada.pk, id=engine.pk) == []
    ids = {hangar.pk, cockpit.pk} - {engine.task_id}
    assert ids and not any(COMMENTS.ask(user=ada.pk, id=id) for id in ids)
    for id in (0, -1, 2**63 - 1, 2**70):
        asked = {"user": ada.pk, "id": id}
        assert ROOMS.ask(**asked) == COMMENTS.ask(**asked) == []


def test_who_is_removed_finds_nothing_the_next_moment(ada, bob, board, hangar, engine, direct):
    assert found(bob, hangar) and found(bob, engine)
    remove_board_member(by=ada, board_id=board.pk, user_id=bob.pk)
    assert found(bob, hangar) == found(bob, engine) == []
    assert found(bob, direct) == by_the_policy(bob, direct) != []  # what is between people stays


def test_where_it_stands_is_of_this_moment(ada, bob, hangar):
    before = found(bob, hangar)
    last = say(ada, hangar, "Hello")
    mark_read(by=bob, conversation_id=hangar.pk, message_id=last.pk)
    ((_, read, standing),) = found(bob, hangar)
    assert found(bob, hangar) == by_the_policy(bob, hangar) != before
    assert read == standing.last_seq == last.seq


# -- and who comes -----------------------------------------------------------------------------------------------


def signed_in(person, **more):
    session = SessionStore()
    session[SESSION_KEY], session[HASH_SESSION_KEY] = str(person.pk), person.get_session_auth_hash()
    session["_auth_user_backend"] = "allauth.account.auth_backends.AuthenticationBackend"
    session.update(more)
    session.save()
    return session.session_key


def opener(key):
    return people_of([key]).get(key)


def test_a_session_leads_to_its_person(ada, bob):
    assert [opener(signed_in(one)) for one in (ada, bob)] == [ada, bob]
    for key in (None, "", "unknown", "' OR 1=1 --", "ä" * 32):
        assert opener(key) is None


def test_one_that_ended_leads_to_nobody(ada):
    key = signed_in(ada)
    assert opener(key) == ada
    Session.objects.filter(pk=key).update(expire_date=timezone.now() - timedelta(seconds=1))
    assert opener(key) is None


@pytest.mark.parametrize("change", ["inactive", "password", "gone", "another way in"])
def test_who_may_not_sign_in_any_more_is_nobody(ada, change):
    key = signed_in(ada, **({"_auth_user_backend": "of.Another"} if change == "another way in" else {}))
    if change != "another way in":
        assert opener(key) == ada
    match change:
        case "inactive":
            get_user_model().objects.filter(pk=ada.pk).update(is_active=False)
        case "password":
            ada.set_password("another one than before")
            ada.save()
        case "gone":
            get_user_model().objects.filter(pk=ada.pk).delete()
    assert opener(key) is None


def test_a_setting_that_changes_is_heeded_at_once(ada, settings):
    """What is worded once is the query alone: how a session is judged is asked each time."""
    key = signed_in(ada)
    assert opener(key) == ada
    settings.AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
    assert opener(key) is None
