"""People are told once of what is about them, in the way they asked for, and no longer than it holds."""

import pytest
from django.contrib.auth import get_user_model
from django.utils import timezone

from boards.actions import add_board_member, assign_task
from messaging.actions import (
    delete_message,
    edit_message,
    mark_notifications_read,
    mark_notifications_unread,
    mark_read,
    mark_unread,
    notify,
    open_direct,
    post_messages,
    remove_member,
    set_level,
)
from messaging.line.personal import personal_changes
from messaging.models import Membership, Notification
from messaging.posts import Post
from messaging.queries.bundles import bundled, page_of
from messaging.queries.notices import of, told
from messaging.queries.places import unread_mentions

from ..conftest import say

Kind = Notification.Kind


def kinds(who):
    return list(of(who.pk).filter(read_at=None).order_by("pk").values_list("kind", flat=True))


def test_an_answer_is_told_to_who_is_answered(ada, bob, hangar):
    asked = say(ada, hangar, "Is the wing on?")
    say(bob, hangar, "Yes", reply_to=asked.pk)
    assert kinds(ada) == ["reply"] and kinds(bob) == []


@pytest.mark.parametrize("name", ["Мария", "мария", "МАРИЯ"])
def test_a_name_of_any_alphabet_is_mentioned_in_whatever_case(ada, board, hangar, name):
    maria = get_user_model().objects.create_user("Мария")
    add_board_member(by=ada, board_id=board.pk, user_id=maria.pk)
    message = say(ada, hangar, f"@{name}, hear this")
    assert f'data-user="{maria.pk}">@{name}</span>' in message.html
    assert kinds(maria) == ["mention"]


def test_a_mention_is_not_told_again_as_an_answer(ada, bob, hangar):
    asked = say(ada, hangar, "Is the wing on?")
    say(bob, hangar, "@ada yes", reply_to=asked.pk)
    assert kinds(ada) == ["mention"]


def test_answering_oneself_tells_nobody(ada, hangar):
    asked = say(ada, hangar, "Is the wing on?")
    say(ada, hangar, "It is.", reply_to=asked.pk)
    assert kinds(ada) == []


def test_of_a_direct_conversation_one_unread_notice_is_enough(ada, bob, direct):
    first = say(bob, direct, "one")
    say(bob, direct, "two")
    assert kinds(ada) == ["direct"] and kinds(bob) == []
    mark_read(by=ada, conversation_id=direct.pk, message_id=first.pk)
    say(bob, direct, "three")
    assert kinds(ada) == ["direct"]


def test_the_notice_of_a_direct_conversation_goes_on_to_what_is_still_unread(ada, bob, direct):
    first, second, own, third = (
        say(who, direct, text) for who, text in ((bob, "one"), (bob, "two"), (ada, "?"), (bob, "three"))
    )
    delete_message(conversation_id=direct.pk, message_id=first.pk, by=bob)
    assert noticed(ada) == [second.pk]
    mark_read(by=ada, conversation_id=direct.pk, message_id=second.pk)
    assert noticed(ada) == [third.pk]
    say(bob, direct, "four")
    assert noticed(ada) == [third.pk]
    mark_read(by=ada, conversation_id=direct.pk, message_id=third.pk)
    delete_message(conversation_id=direct.pk, message_id=direct.messages.latest("seq").pk, by=bob)
    assert noticed(ada) == []


def test_of_an_old_notice_marked_unread_and_a_new_one_the_new_one_goes_on(ada, bob, direct):
    first = say(bob, direct, "one")
    mark_read(by=ada, conversation_id=direct.pk, message_id=first.pk)
    second, third = say(bob, direct, "two"), say(bob, direct, "three")
    mark_notifications_unread(by=ada, ids=[Notification.objects.get(message=first).pk])
    assert noticed(ada) == [second.pk, first.pk]
    mark_read(by=ada, conversation_id=direct.pk, message_id=second.pk)
    assert noticed(ada) == [third.pk]


def test_a_direct_conversation_marked_unread_has_its_notice_again(ada, bob, direct):
    """One, about the first of what is unread, whatever there was; of it no letter tells."""
    mark_read(by=ada, conversation_id=direct.pk, message_id=say(bob, direct, "one").pk)
    second, own, third = (say(who, direct, text) for who, text in ((bob, "two"), (ada, "?"), (bob, "three")))
    mark_read(by=ada, conversation_id=direct.pk, message_id=third.pk)
    assert noticed(ada) == []
    for marked, first in ((third, third), (own, third), (second, second), (third, third)):
        mark_unread(by=ada, conversation_id=direct.pk, message_id=marked.pk)
        assert noticed(ada) == [first.pk] and unread_mentions(ada) == {direct.pk: 1}
    assert not of(ada.pk).filter(read_at=None, emailed_at=None).exists()
    mark_read(by=ada, conversation_id=direct.pk, message_id=third.pk)
    assert noticed(ada) == [] and unread_mentions(ada) == {}
    mark_unread(by=bob, conversation_id=direct.pk, message_id=second.pk)
    assert noticed(bob) == [own.pk]


def test_what_nobody_was_told_of_then_is_told_of_once_it_is_marked_unread(ada, bob, direct):
    """Unless its reader still hears nothing from there, or there is nothing of others to be read."""
    set_level(by=ada, conversation_id=direct.pk, level="nothing")
    said, own = say(bob, direct, "one"), say(ada, direct, "two")
    mark_unread(by=ada, conversation_id=direct.pk, message_id=said.pk)
    assert noticed(ada) == []
    set_level(by=ada, conversation_id=direct.pk, level="all")
    mark_unread(by=ada, conversation_id=direct.pk, message_id=own.pk)
    assert noticed(ada) == []
    mark_unread(by=ada, conversation_id=direct.pk, message_id=said.pk)
    assert noticed(ada) == [said.pk]


def test_nobody_has_two_notices_of_one_direct_message(ada, bob, direct):
    first, named = say(bob, direct, "one"), say(bob, direct, "@ada two")
    mark_read(by=ada, conversation_id=direct.pk, message_id=first.pk)
    assert kinds(ada) == ["mention"]
    mark_read(by=ada, conversation_id=direct.pk, message_id=named.pk)
    mark_unread(by=ada, conversation_id=direct.pk, message_id=named.pk)
    assert kinds(ada) == ["mention"]


def noticed(who):
    return list(of(who.pk).filter(kind=Kind.DIRECT, read_at=None).values_list("message", flat=True))


def test_two_who_write_at_once_are_both_told(ada, bob, direct):
    post_messages([(direct.pk, Post(author=who, body=f"I am {who.name}")) for who in (ada, bob, ada, bob)])
    assert kinds(ada) == kinds(bob) == ["direct"]


def test_everybody_of_a_group_is_told(ada, bob, vera, board):
    group = open_direct(by=ada, people=[bob.pk, vera.pk])
    say(ada, group, "hello")
    assert kinds(bob) == kinds(vera) == ["direct"]


@pytest.mark.parametrize(("level", "heard"), [("all", True), ("mentions", True), ("nothing", False)])
def test_mentions_and_answers_keep_to_the_level(ada, bob, hangar, level, heard):
    asked = say(ada, hangar, "Is the wing on?")
    set_level(by=ada, conversation_id=hangar.pk, level=level)
    say(bob, hangar, "@ada")
    say(bob, hangar, "yes", reply_to=asked.pk)
    assert kinds(ada) == (["mention", "reply"] if heard else [])


@pytest.mark.parametrize(("level", "heard"), [("all", True), ("mentions", False), ("nothing", False)])
def test_direct_words_keep_to_the_level(ada, bob, direct, level, heard):
    set_level(by=ada, conversation_id=direct.pk, level=level)
    say(bob, direct, "hello")
    assert kinds(ada) == (["direct"] if heard else [])


def test_rooms_begin_with_mentions_and_direct_ones_with_everything(ada, hangar, direct, engine):
    assert hangar.memberships.get(user=ada).level == "mentions"
    assert direct.memberships.get(user=ada).level == "all"
    assert engine.default_level == Membership.Level.MENTIONS


def test_a_level_of_a_task_begins_a_place_in_it(bob, engine):
    set_level(by=bob, conversation_id=engine.pk, level="nothing")
    place = engine.memberships.get(user=bob)
    assert (place.level, place.read_seq) == ("nothing", 0)


def test_a_task_that_is_given_is_told_once_until_it_is_seen(ada, bob, engine):
    assign_task(by=ada, task_id=engine.task_id, user_id=bob.pk)
    assert kinds(bob) == ["assignment"]
    (one,) = told(of(bob.pk))
    assert one["display_name"] == "Ada" and one["url"].endswith(f"?notice={one['notification_id']}")
    assert sum(unread_mentions(bob).values()) == 1 and unread_mentions(bob).get(engine.pk) is None


def test_nobody_is_told_of_a_task_they_took_themselves(ada, engine):
    assign_task(by=ada, task_id=engine.task_id, user_id=ada.pk)
    assert kinds(ada) == []


def test_a_reminder_comes_again_and_is_put_away_only_by_itself(ada, bob, hangar):
    message = say(bob, hangar, "Fuel")
    for _ in range(2):
        notify(Kind.REMINDER, [ada.pk], message=message)
        assert kinds(ada) == ["reminder"]
        mark_read(by=ada, conversation_id=hangar.pk, message_id=message.pk)
        assert kinds(ada) == ["reminder"]
        mark_notifications_read(by=ada)
        assert kinds(ada) == []


def test_who_may_not_read_is_not_told(ada, bob, cockpit):
    message = say(ada, cockpit, "secret")
    assert notify(Kind.EVERYBODY, [bob.pk], message=message) == []


def test_what_is_withdrawn_is_told_to_every_device(ada, bob, hangar):
    message = say(bob, hangar, "@ada")
    since = ada.inbox.revision
    edit_message(conversation_id=hangar.pk, message_id=message.pk, by=bob, body="nobody")
    assert kinds(ada) == []
    frames = [frame for change in personal_changes(ada.pk, since, 10) for frame in change.noun]
    read = next(frame for frame in frames if frame["type"] == "notifications_read")
    assert read["unread_count"] == 0 and len(read["ids"]) == 1


def test_an_answer_that_is_taken_back_is_no_news(ada, bob, hangar):
    asked = say(ada, hangar, "Is the wing on?")
    answer = say(bob, hangar, "Yes", reply_to=asked.pk)
    delete_message(conversation_id=hangar.pk, message_id=answer.pk, by=bob)
    assert kinds(ada) == []


def test_who_is_put_out_hears_no_more_of_it(ada, gus, cockpit):
    say(ada, cockpit, "@gus secret")
    remove_member(by=ada, conversation_id=cockpit.pk, user_id=gus.pk)
    assert kinds(gus) == [] and not gus.notifications.filter(read_at=None).exists()


def test_marking_unread_brings_back_what_told_of_it(ada, bob, hangar):
    asked = say(ada, hangar, "Is the wing on?")
    first = say(bob, hangar, "@ada not yet")
    for text, more in (
        ("@room come", {}),
        ("yes", {"reply_to": asked.pk}),
        ("@ada look", {}),
        ("@room go", {}),
    ):
        last = say(bob, hangar, text, **more)
    gone = say(bob, hangar, "@ada gone")
    delete_message(by=bob, conversation_id=hangar.pk, message_id=gone.pk)
    edit_message(by=bob, conversation_id=hangar.pk, message_id=last.pk, body="go")
    edit_message(by=bob, conversation_id=hangar.pk, message_id=last.pk - 1, body="look")
    mark_read(by=ada, conversation_id=hangar.pk, message_id=last.pk)
    assert unread_mentions(ada) == {}
    mark_unread(by=ada, conversation_id=hangar.pk, message_id=first.pk + 1)
    assert [one.kind for one in of(ada.pk).filter(read_at=None).order_by("pk")] == ["everybody", "reply"]
    assert unread_mentions(ada) == {hangar.pk: 2} and unread_mentions(bob) == {}


def test_read_and_unread_again(ada, bob, hangar):
    say(bob, hangar, "@ada")
    (id,) = mark_notifications_read(by=ada)
    assert mark_notifications_unread(by=bob, ids=[id]) == []
    assert mark_notifications_unread(by=ada, ids=[id]) == [id]
    assert kinds(ada) == ["mention"]


def test_what_came_from_one_place_on_one_day_is_one_bundle(ada, bob, gus, hangar, engine):
    for who in (bob, gus, bob):
        say(who, hangar, "@ada")
    say(bob, engine, "@ada here")
    first, second = page_of(ada.pk)[0]
    assert first["newest"]["place"] == "Engine" and len(first["told"]) == 1
    assert len(second["told"]) == 3 and second["names"] == "Bob and Gus"
    assert len(second["unread"]) == 3


def test_a_notice_is_known_by_its_number_where_it_leads(ada, bob, hangar, direct):
    """What it is about may have been read before. A direct conversation's stands for all that is unread there."""
    asked = say(ada, hangar, "Is the wing on?")
    for text, answer in (("@ada", None), ("Yes", asked.pk), ("@room", None)):
        say(bob, hangar, text, reply_to=answer)
    say(bob, direct, "Hello")
    for one in told(of(ada.pk)):
        assert (f"&notice={one['notification_id']}#" in one["url"]) == (one["kind"] != "direct")
    assert sorted(kinds(ada)) == ["direct", "everybody", "mention", "reply"]


def test_three_people_are_one_and_others():
    ones = [{"display_name": name} for name in ("Bob", "Gus", "Vera", "Bob")]
    when = told_at()
    for number, one in enumerate(ones):
        one |= {
            "notification_id": number,
            "conversation_id": 1,
            "kind": "mention",
            "place": "General",
            **when,
        }
    (bundle,) = bundled(ones)
    assert bundle["names"] == "Bob and 2 others" and bundle["unread"] == [0, 1, 2, 3]


def told_at():
    return {"when": timezone.now(), "read_at": None, "task_id": None, "invitation_id": None}


def test_the_list_goes_on_where_the_page_ends(ada, bob, hangar, monkeypatch):
    monkeypatch.setattr("messaging.queries.bundles.PAGE", 2)
    for _ in range(3):
        say(bob, hangar, "@ada")
    bundles, more = page_of(ada.pk)
    assert len(bundles[0]["ids"]) == 2
    (rest,), none = page_of(ada.pk, before=more)
    assert len(rest["ids"]) == 1 and none is None
    assert not set(rest["ids"]) & set(bundles[0]["ids"])


def test_the_list_is_filtered(ada, bob, hangar):
    asked = say(ada, hangar, "Is the wing on?")
    say(bob, hangar, "yes", reply_to=asked.pk)
    say(bob, hangar, "@ada")
    mark_notifications_read(
        by=ada, ids=list(ada.notifications.filter(kind="reply").values_list("pk", flat=True))
    )
    assert [one["newest"]["kind"] for one in page_of(ada.pk, only_unread=True)[0]] == ["mention"]
    assert [one["newest"]["kind"] for one in page_of(ada.pk, kind="reply")[0]] == ["reply"]


def test_telling_everybody_costs_the_same_however_many(ada, hangar, people, django_assert_max_num_queries):
    users = people(300)
    Membership.objects.bulk_create(Membership(conversation=hangar, user=user) for user in users)
    message = say(ada, hangar, "all")
    with django_assert_max_num_queries(13):
        made = notify(Kind.EVERYBODY, [user.pk for user in users], message=message)
    assert len(made) == 300
