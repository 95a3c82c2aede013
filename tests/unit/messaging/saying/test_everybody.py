"""@room calls everybody in a conversation, @here those of them who are about; once each, and nobody else."""

import pytest

from boards.actions import add_board_member
from messaging.actions import edit_message
from messaging.actions.saying import calling
from messaging.models import Membership, Notification

from ..conftest import say

EVERYBODY, MENTION = Notification.Kind.EVERYBODY, Notification.Kind.MENTION


def told(message, kind=EVERYBODY):
    return set(message.notifications.filter(kind=kind).values_list("user__username", flat=True))


def test_room_calls_everybody_in_it_but_the_caller(ada, bob, vera, gus, eve, hangar):
    message = say(ada, hangar, "Fire drill, @room!")
    assert told(message) == {"bob", "vera", "gus"}
    assert 'data-group="room">@room</span>!' in message.html


def test_who_is_named_too_is_told_once(ada, bob, hangar):
    message = say(ada, hangar, "@bob and @room")
    assert told(message, MENTION) == {"bob"}
    assert "bob" not in told(message)


def test_who_wants_to_hear_nothing_hears_nothing(ada, bob, hangar):
    Membership.objects.filter(user=bob).update(level=Membership.Level.NOTHING)
    assert "bob" not in told(say(ada, hangar, "@room"))


def test_on_a_task_it_is_everybody_on_the_board(ada, bob, vera, gus, engine):
    assert told(say(ada, engine, "@room the engine")) == {"bob", "vera"}


def test_here_calls_those_who_are_about(ada, bob, vera, hangar, monkeypatch):
    monkeypatch.setattr(calling, "present_in", lambda conversation: {bob.pk, 10_000})
    assert told(say(ada, hangar, "@here lunch?")) == {"bob"}


def test_where_presence_is_not_known_it_is_who_spoke_of_late(ada, bob, vera, hangar):
    say(bob, hangar, "Hello")
    assert told(say(ada, hangar, "@here lunch?")) == {"bob"}


def test_who_keeps_presence_to_themselves_is_not_about(ada, bob, hangar):
    bob.shares_presence = False
    bob.save()
    say(bob, hangar, "Hello")
    assert told(say(ada, hangar, "@here lunch?")) == set()


@pytest.mark.parametrize("text", ["`@room`", "mail@room", "@rooms", "/@here"])
def test_other_words_call_nobody(ada, hangar, text):
    assert told(say(ada, hangar, text)) == set()


def test_a_person_of_that_name_goes_first(ada, board, hangar, people, django_user_model):
    here = django_user_model.objects.create_user("here")
    add_board_member(by=ada, board_id=board.pk, user_id=here.pk)
    message = say(ada, hangar, "@here?")
    assert told(message) == set() and told(message, MENTION) == {"here"}


def test_an_edit_calls_when_it_did_not_before_and_not_again(ada, bob, hangar):
    message = say(ada, hangar, "Fire")
    where = {"conversation_id": hangar.pk, "message_id": message.pk, "by": ada}
    for body in ("Fire, @room", "Fire!", "Fire, @room!!"):
        edit_message(**where, body=body)
    assert message.notifications.filter(user=bob).count() == 1


def test_who_was_named_and_is_called_now_still_has_it_to_read(ada, bob, gus, hangar):
    message = say(ada, hangar, "@bob lunch?")
    edit_message(conversation_id=hangar.pk, message_id=message.pk, by=ada, body="@room lunch?")
    assert unread_of(message) == {"bob", "vera", "gus"}
    edit_message(conversation_id=hangar.pk, message_id=message.pk, by=ada, body="@gus lunch?")
    assert unread_of(message) == {"gus"}


def test_a_call_that_is_taken_back_is_no_news(ada, hangar):
    message = say(ada, hangar, "@room, look")
    edit_message(conversation_id=hangar.pk, message_id=message.pk, by=ada, body="@room look")
    assert unread_of(message) == {"bob", "vera", "gus"}
    for body in ("look", "@room, look"):
        edit_message(conversation_id=hangar.pk, message_id=message.pk, by=ada, body=body)
        assert unread_of(message) == set()


def unread_of(message):
    return set(message.notifications.filter(read_at=None).values_list("user__username", flat=True))


def test_however_many_there_are_it_costs_the_same(ada, hangar, people, django_assert_max_num_queries):
    crowd = people(120)
    Membership.objects.bulk_create([Membership(conversation=hangar, user=one) for one in crowd])
    with django_assert_max_num_queries(26):
        message = say(ada, hangar, "@room")
    assert message.notifications.count() == 123
