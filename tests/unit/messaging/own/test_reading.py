"""Places in the reading, reactions, deletions, notifications."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from boards.actions import remove_board_member
from messaging.actions import (
    Reading,
    add_member,
    create_room,
    delete_message,
    edit_message,
    leave_room,
    mark_all_read,
    mark_notifications_read,
    mark_read,
    mark_unread,
    react,
    remove_member,
)
from messaging.actions.notices.inboxes import next_inbox_revision
from messaging.actions.own import reading
from messaging.models import Inbox, Membership, Message, Notification
from messaging.queries.places import places_of
from messaging.queries.receipts import receipts_of

from ..conftest import now, say


def reads(who, message):
    return mark_read(by=who, conversation_id=message.conversation_id, message_id=message.pk)


def place(who, where):
    return next(one for one in places_of(who) if one["conversation_id"] == where.pk)


def inbox_of(who):
    return Inbox.objects.filter(user=who).values_list("revision", flat=True).first() or 0


def test_reading_moves_the_cursor_up_and_never_down(ada, bob, hangar):
    first, second = say(bob, hangar, "one"), say(bob, hangar, "two")
    assert reads(ada, second)[:2] == (True, second.seq)
    before = inbox_of(ada)
    assert reads(ada, first)[:2] == (False, second.seq)
    assert inbox_of(ada) == before


def test_a_reading_counts_the_readers(ada, bob, hangar):
    message = say(bob, hangar, "one")
    Membership.objects.filter(conversation=hangar, user=bob).update(read_seq=message.seq)
    reading = reads(ada, message)
    assert (reading.read_count, reading.total_members) == (2, 4)


def test_nobody_counts_readers_of_a_crowd(ada, bob, hangar, people):
    Membership.objects.bulk_create(Membership(conversation=hangar, user=user) for user in people(201))
    assert reads(ada, say(bob, hangar, "one")).total_members is None


@pytest.fixture
def told(monkeypatch, django_capture_on_commit_callbacks):
    """What those who look on are told, one list for each time, while somebody does something."""

    def of(does):
        told = []
        with monkeypatch.context() as patched:
            patched.setattr("messaging.actions.own.confirming.announce_whispers", told.append)
            with django_capture_on_commit_callbacks(execute=True):
                does()
        return told

    return of


def test_having_read_everything_is_told_of_each_place_that_was_not(ada, bob, hangar, engine, direct, told):
    mention = say(bob, hangar, "@ada")
    reads(ada, mention)
    ada.notifications.update(read_at=None)  # news of what was read: nobody else hears of that
    comment, letter = say(bob, engine, "one"), say(bob, direct, "two")
    Membership.objects.filter(conversation=engine, user=ada).delete()
    (whispers,) = told(lambda: mark_all_read(by=ada))
    assert dict(whispers) == {
        f"conversation:{one.conversation_id}": {
            "kind": "read",
            "conversation_id": one.conversation_id,
            "user_id": ada.pk,
            "message_id": one.pk,
            "read_seq": one.seq,
            "read_count": 2,
            "total_members": people,
        }
        for one, people in ((comment, 3), (letter, 2))
    }


def test_a_receipt_is_the_same_by_itself_and_among_many(ada, bob, hangar, engine, told):
    for where in (hangar, engine):
        message = say(bob, where, "one")
        ((alone,),) = told(lambda message=message: reads(ada, message))
        mark_unread(by=ada, conversation_id=where.pk, message_id=message.pk)
        ((among_many,),) = told(lambda: mark_all_read(by=ada))
        assert alone == among_many


def test_s75_who_keeps_it_to_themselves_is_in_no_count(ada, bob, direct):
    """Of two people a number would tell of the other."""
    bob.shares_receipts = False
    bob.save()
    say(ada, direct, "one")
    second = say(ada, direct, "two")

    def counted():
        reading = mark_unread(by=ada, conversation_id=direct.pk, message_id=second.pk)
        (receipt,) = receipts_of({(direct.pk, ada.pk)})
        return reading.read_count, receipt.read_count, reading.total_members

    assert counted() == (1, 1, 2)
    reads(bob, second)
    assert counted() == (1, 1, 2)


def test_a_crowd_is_told_of_no_reader(ada, bob, hangar, people, told):
    Membership.objects.bulk_create(Membership(conversation=hangar, user=user) for user in people(201))
    message = say(bob, hangar, "one")
    assert told(lambda: reads(ada, message)) == []
    mark_unread(by=ada, conversation_id=hangar.pk, message_id=message.pk)
    assert told(lambda: mark_all_read(by=ada)) == []


def test_telling_of_many_places_takes_no_more_queries_than_of_one(ada, bob, board, told):
    rooms = [create_room(by=ada, board_id=board.pk, name=f"Room {number}") for number in range(7)]

    def asked(rooms):
        for room in rooms:
            say(bob, room, "one")
        with CaptureQueriesContext(connection) as queries:
            (whispers,) = told(lambda: mark_all_read(by=ada))
        assert len(whispers) == len(rooms)
        return len(queries)

    asked(rooms)  # words the questions
    assert asked(rooms) == asked(rooms[:1])


def test_comments_are_unread_until_they_are_read(ada, bob, engine):
    message = say(bob, engine, "one")
    assert place(ada, engine)["unread"] == 1
    assert reads(ada, message).moved
    assert place(ada, engine)["unread"] == 0


@pytest.mark.parametrize("read", [mark_read, mark_unread])
def test_who_is_put_off_the_board_begins_no_place_in_its_comments(ada, bob, board, engine, monkeypatch, read):
    message = say(ada, engine, "one")
    put_off_before(monkeypatch, ada, bob, board)
    with pytest.raises(PermissionDenied):
        read(by=bob, conversation_id=engine.pk, message_id=message.pk)
    assert not engine.memberships.filter(user=bob).exists()


def put_off_before(monkeypatch, by, user, board):
    """The right was looked at, and then lost, before an inbox is held."""

    def held(user_id):
        monkeypatch.undo()
        remove_board_member(by=by, board_id=board.pk, user_id=user.pk)
        return next_inbox_revision(user_id)

    monkeypatch.setattr(reading, "next_inbox_revision", held)


def test_marking_unread_goes_back_before_the_message(ada, bob, hangar):
    first, second = say(bob, hangar, "one"), say(bob, hangar, "two")
    reads(ada, second)
    mark_unread(by=ada, conversation_id=hangar.pk, message_id=first.pk)
    assert place(ada, hangar)["unread"] == 2


def test_messages_of_other_conversations_are_not_read_here(ada, gus, hangar, cockpit):
    message = say(gus, cockpit, "one")
    for action in (mark_read, mark_unread):
        with pytest.raises(Message.DoesNotExist):
            action(by=ada, conversation_id=hangar.pk, message_id=message.pk)


def test_outsiders_read_nothing(eve, bob, hangar):
    with pytest.raises(PermissionDenied):
        reads(eve, say(bob, hangar, "one"))


def test_unread_counts_what_others_said_and_left_standing(ada, bob, hangar):
    say(bob, hangar, "one")
    gone = say(bob, hangar, "two")
    say(ada, hangar, "mine")
    delete_message(conversation_id=hangar.pk, message_id=gone.pk, by=bob)
    assert place(ada, hangar)["unread"] == 1


# -- mentions ----------------------------------------------------------------------------------------------------


def test_a_mention_notifies_and_reading_withdraws_it(ada, bob, hangar):
    message = say(bob, hangar, "@ada look")
    assert place(ada, hangar)["mentions"] == 1
    assert inbox_of(ada) == Notification.objects.get(user=ada).inbox_revision
    reads(ada, message)
    assert place(ada, hangar)["mentions"] == 0


def test_names_are_nobodys_unless_they_may_read(ada, eve, bob, cockpit):
    message = say(ada, cockpit, "@eve @bob @nobody @gus")
    assert [mention.user.username for mention in message.mentions.all()] == ["gus"]
    assert not eve.notifications.exists() and not bob.notifications.exists()
    assert message.html.count("<span") == 1


def test_nobody_is_notified_of_their_own_words(ada, hangar):
    say(ada, hangar, "I, @ada")
    assert not ada.notifications.exists()


def test_an_edit_that_adds_a_mention_notifies_once(ada, bob, hangar):
    message = say(bob, hangar, "look")
    for body in ("@ada look", "look", "@ada look"):
        edit_message(conversation_id=hangar.pk, message_id=message.pk, by=bob, body=body)
    assert ada.notifications.count() == 1
    assert message.mentions.count() == 1


def test_a_mention_in_an_open_room_that_one_is_not_in_is_put_away_by_reading(bob, ada, hangar):
    leave_room(by=bob, conversation_id=hangar.pk)
    message, before = say(ada, hangar, "@bob, have a look"), inbox_of(bob)
    assert reads(bob, message) == Reading(False, 0)
    assert bob.notifications.get().read_at and inbox_of(bob) > before
    assert not hangar.memberships.filter(user=bob).exists()


def test_a_mention_put_into_what_was_read_is_put_away_by_reading_that_again(ada, bob, hangar):
    message, last = say(bob, hangar, "look"), say(bob, hangar, "there")
    reads(ada, last)
    edit_message(conversation_id=hangar.pk, message_id=message.pk, by=bob, body="@ada look")
    assert place(ada, hangar)["mentions"] == 1
    assert reads(ada, message) == Reading(False, last.seq)
    assert place(ada, hangar)["mentions"] == 0


def test_who_wants_nothing_is_not_notified(ada, bob, hangar):
    Membership.objects.filter(conversation=hangar, user=ada).update(level="nothing")
    say(bob, hangar, "@ada")
    assert not ada.notifications.exists()


def test_a_bomb_of_mentions_is_capped(ada, hangar, people):
    users = people(80)
    Membership.objects.bulk_create(Membership(conversation=hangar, user=user) for user in users)
    message = say(ada, hangar, " ".join(f"@{user.username}" for user in users))
    assert message.mentions.count() == 50


def test_a_deleted_message_takes_its_news_along(ada, bob, hangar):
    message = say(bob, hangar, "@ada look")
    delete_message(conversation_id=hangar.pk, message_id=message.pk, by=bob)
    assert not ada.notifications.filter(read_at=None).exists()
    assert not message.mentions.exists()


def test_a_removed_person_is_not_mentioned(ada, gus, cockpit):
    remove_member(by=ada, conversation_id=cockpit.pk, user_id=gus.pk)
    say(ada, cockpit, "@gus")
    assert not gus.notifications.exists()


def test_notifications_are_ones_own(ada, bob, gus, hangar):
    say(bob, hangar, "@ada @gus")
    theirs = gus.notifications.get()
    assert mark_notifications_read(by=ada, ids=[theirs.pk]) == []
    assert mark_notifications_read(by=ada) == [ada.notifications.get().pk]
    assert gus.notifications.filter(read_at=None).exists()


# -- reactions and deletions -------------------------------------------------------------------------------------


def reacts(who, message, emoji="👍", on=True):
    return react(conversation_id=message.conversation_id, message_id=message.pk, by=who, emoji=emoji, on=on)


def test_a_reaction_is_put_and_taken_back(ada, bob, hangar):
    message = say(bob, hangar, "one")
    assert reacts(ada, message).revision == message.revision + 1
    assert reacts(ada, message).revision == message.revision + 1
    assert reacts(ada, message, on=False).revision == message.revision + 2
    assert not message.reactions.exists()


@pytest.mark.parametrize(
    "emoji", ["", "x", "<b>", "👍" * 20, "👍 x", None, "+1", "\u200d", "👍\u202e", "👍\u200b"]
)
def test_a_reaction_is_an_emoji(ada, hangar, emoji):
    with pytest.raises(ValidationError):
        reacts(ada, say(ada, hangar, "one"), emoji)


@pytest.mark.parametrize("emoji", ["👍", "👍🏽", "❤️", "1️⃣", "🏳️‍🌈", "🇫🇷", "👩‍🚀"])
def test_emoji_of_several_characters_are_fine(ada, hangar, emoji):
    assert reacts(ada, say(ada, hangar, "one"), emoji).reactions.get().emoji == emoji


def test_lookers_do_not_react(vera, ada, hangar):
    with pytest.raises(PermissionDenied):
        reacts(vera, say(ada, hangar, "one"))


def test_a_tombstone_has_no_words(ada, bob, hangar):
    message = say(bob, hangar, "*secret*")
    reacts(ada, message)
    gone = delete_message(conversation_id=hangar.pk, message_id=message.pk, by=ada)
    assert (gone.body, gone.html, gone.deleted_by_name) == ("", None, "Ada")
    assert not gone.reactions.exists()
    assert now(hangar).revision == gone.revision
    again = delete_message(conversation_id=hangar.pk, message_id=message.pk, by=ada)
    assert again.revision == gone.revision


def test_nobody_deletes_the_words_of_another(bob, ada, hangar):
    message = say(ada, hangar, "one")
    with pytest.raises(PermissionDenied):
        delete_message(conversation_id=hangar.pk, message_id=message.pk, by=bob)


def test_what_the_room_itself_said_stays(ada, eve, hangar):
    add_member(by=ada, conversation_id=hangar.pk, user_id=eve.pk)
    event = Message.objects.filter(conversation=hangar, kind="system").latest("seq")
    with pytest.raises(PermissionDenied):
        delete_message(conversation_id=hangar.pk, message_id=event.pk, by=ada)
