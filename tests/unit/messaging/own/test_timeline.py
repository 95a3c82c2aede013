"""Where a conversation opens: at the first unread message, at a day, or at the end."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from messaging.actions import clear_conversation, delete_message, mark_read
from messaging.models import Conversation, Message

from ..conftest import now, say

FIRST_DAY = datetime(2026, 3, 1, 12, tzinfo=UTC)


def opened(client, who, where, **place):
    """(the places on the page, which of them is the first unread)"""
    client.force_login(who)
    messages = client.get(where.url, place).context["messages"]
    lines = [one["seq"] for one in messages if one["is_unread_start"]]
    assert len(lines) <= 1
    return [one["seq"] for one in messages], *(lines or [None])


def talk(who, where, count):
    """Many messages at once; (their first place, their last)."""
    first = say(who, where, "one")
    for number in range(count - 1):
        last = say(who, where, f"number {number}")
    return first.seq, last.seq


def read_up_to(who, where, seq):
    mark_read(by=who, conversation_id=where.pk, message_id=where.messages.get(seq=seq).pk)


def test_a_timeline_opens_at_the_first_unread_with_what_is_around_it(client, ada, bob, hangar):
    first, last = talk(bob, hangar, 120)
    read_up_to(ada, hangar, first + 29)
    shown, unread = opened(client, ada, hangar)
    assert unread == first + 30
    assert shown == list(range(first + 5, first + 55))
    assert opened(client, ada, hangar, around=last)[0] == list(range(last - 49, last + 1))


def test_what_the_newest_page_shows_is_no_reason_to_look_further_back(client, ada, bob, hangar):
    first, last = talk(bob, hangar, 60)
    read_up_to(ada, hangar, last - 10)
    assert opened(client, ada, hangar) == (list(range(last - 49, last + 1)), last - 9)
    read_up_to(ada, hangar, last)
    assert opened(client, ada, hangar) == (list(range(last - 49, last + 1)), None)


def test_what_is_not_unread_does_not_count(client, ada, bob, hangar):
    """One's own words and tombstones lie between the place and the first unread message."""
    first, _ = talk(ada, hangar, 60)
    gone, kept = say(bob, hangar, "gone"), say(bob, hangar, "kept")
    delete_message(conversation_id=hangar.pk, message_id=gone.pk, by=bob)
    hangar.memberships.filter(user=ada).update(read_seq=first)
    _, last = talk(bob, hangar, 60)
    shown, unread = opened(client, ada, hangar)
    assert unread == kept.seq and shown[0] == kept.seq - 25
    hangar.memberships.filter(user=ada).update(read_seq=last)
    Message.objects.filter(conversation=hangar).update(author=ada)
    hangar.memberships.filter(user=ada).update(read_seq=first)
    assert opened(client, ada, hangar) == (list(range(last - 49, last + 1)), None)


def test_who_has_no_place_begins_at_the_end(client, ada, bob, hangar):
    _, last = talk(ada, hangar, 60)
    hangar.memberships.filter(user=bob).delete()
    assert opened(client, bob, hangar)[0][-1] == last


def test_what_was_cleared_is_no_reason_either(client, ada, bob, hangar):
    talk(bob, hangar, 60)
    clear_conversation(conversation_id=hangar.pk, by=ada)
    say(bob, hangar, "new")
    last = now(hangar).last_seq
    assert opened(client, ada, hangar) == ([last - 1, last], last)


# -- days --------------------------------------------------------------------------------------------------------


@pytest.fixture
def weeks(ada, hangar):
    """Six days of the hangar, ten messages at noon of each but the third."""
    days = [0, 1, 3, 4, 5]
    Message.objects.filter(conversation=hangar).delete()
    Conversation.objects.filter(pk=hangar.pk).update(last_seq=0)
    talk(ada, hangar, 50)
    for place, message in enumerate(hangar.messages.order_by("seq")):
        at = FIRST_DAY + timedelta(days=days[place // 10], minutes=place)
        Message.objects.filter(pk=message.pk).update(created_at=at)
    return now(hangar)


def history(where):
    return reverse("messaging:messages", args=[where.pk])


def found(client, who, where, **place):
    client.force_login(who)
    return client.get(history(where), place).json()["around"]


@pytest.mark.parametrize(
    ("day", "place"),
    [("2026-03-01", 1), ("2026-03-02", 11), ("2026-03-03", 21), ("2026-03-04", 21), ("2026-03-06", 41)],
)
def test_a_day_is_found(client, ada, weeks, day, place, django_assert_max_num_queries):
    client.force_login(ada)
    with django_assert_max_num_queries(15):
        assert client.get(history(weeks), {"date": day}).json()["around"] == place


@pytest.mark.parametrize(("day", "place"), [("1970-01-01", 1), ("0001-01-01", 1), ("9999-12-31", 50)])
def test_before_and_after_all_days(client, ada, weeks, day, place):
    assert found(client, ada, weeks, date=day) == place


def test_a_day_begins_where_the_reader_is(client, ada, weeks):
    """Noon in Greenwich is the next day on Kiritimati, as the browser says or else the profile."""
    assert found(client, ada, weeks, date="2026-03-02", zone="Pacific/Kiritimati") == 1
    assert found(client, ada, weeks, date="2026-03-02", zone="../../etc/passwd") == 11
    ada.time_zone = "Pacific/Kiritimati"
    ada.save()
    assert found(client, ada, weeks, date="2026-03-02") == 1


def test_a_day_that_is_none_is_not_looked_for(client, ada, weeks):
    assert found(client, ada, weeks, date="yesterday") is None
    assert found(client, ada, weeks) is None


def test_a_page_can_be_opened_at_a_day(client, ada, weeks):
    client.force_login(ada)
    answer = client.get(weeks.url, {"date": "2026-03-04"})
    assert 21 in [one["seq"] for one in answer.context["messages"]]
    json.dumps(answer.context["data"])
