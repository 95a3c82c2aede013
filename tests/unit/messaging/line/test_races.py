"""What many do at the same moment comes out as if they had done it one after another."""

import uuid
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from threading import Event, Timer
from time import monotonic

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone

from accounts.actions import deactivate
from boards.actions import add_board_member, create_board, create_task, remove_board_member
from boards.models import BoardMembership
from messaging.actions import (
    create_room,
    edit_message,
    finish_saved,
    invite,
    keep_draft,
    leave_room,
    make_room_hook,
    mark_read,
    post_messages,
    react,
    remove_member,
    rename_room,
    save_message,
    schedule_message,
    send_now,
    set_role,
)
from messaging.actions.changing import BRIEF, BRIEFLY, NOT, Held, lock_conversation
from messaging.actions.hooks import delivering
from messaging.actions.notices import falling_due
from messaging.actions.notices.inboxes import next_inbox_revision
from messaging.actions.own.reminding import remind_due
from messaging.hooks.sending import Outcome
from messaging.line.streams import ConversationSource
from messaging.models import Membership, Message, Notification, OutgoingHook
from messaging.posts import Post

from ...cast import person
from ..conftest import now, say

pytestmark = pytest.mark.django_db(transaction=True)
WRITERS = 8


@pytest.fixture(autouse=True)
def a_database_for_several(db):
    if connection.vendor == "sqlite":
        pytest.skip("The tests' SQLite lives in memory, where writers cannot wait for each other.")


def all_at_once(*acts):
    """Everybody acts in a thread and a connection of their own; what they got, or what was raised."""

    def one(act):
        try:
            return act()
        except (PermissionDenied, ValidationError) as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(WRITERS) as pool:
        return list(pool.map(one, acts))


def test_twenty_retries_at_once_make_one_message(ada, hangar):
    name = uuid.uuid4()
    made = all_at_once(*[lambda: say(ada, hangar, "Hello", client_id=name)] * 20)
    assert len({message.pk for message in made}) == 1
    assert Message.objects.filter(author=ada, client_id=name).count() == 1


def test_a_client_id_raced_into_two_rooms_is_in_one(ada, hangar, cockpit):
    def twice_in_each(name):
        return [lambda where=where: say(ada, where, "x", client_id=name) for where in (hangar, cockpit)] * 2

    for name in [uuid.uuid4() for _ in range(5)]:
        results = all_at_once(*twice_in_each(name))
        assert Message.objects.filter(author=ada, client_id=name).count() == 1
        assert all(isinstance(one, Message | ValidationError) for one in results)


def test_many_writers_leave_no_hole_in_either_number(ada, bob, gus, hangar):
    first = say(ada, hangar, "first")

    def work(who, number):
        say(who, hangar, f"{number} @ada @bob")
        react(conversation_id=hangar.pk, message_id=first.pk, by=who, emoji="👍", on=number % 2 == 0)
        mark_read(by=who, conversation_id=hangar.pk, message_id=first.pk)

    since = now(hangar).revision
    all_at_once(*[lambda who=who, n=n: work(who, n) for n in range(10) for who in (ada, bob, gus)])
    room = now(hangar)
    seqs = Message.objects.filter(conversation=hangar).order_by("seq").values_list("seq", flat=True)
    assert list(seqs) == list(range(1, room.last_seq + 1))
    changes = ConversationSource().changes(hangar.pk, since, 1000)
    assert changes[-1].revision == room.revision
    assert len({change.revision for change in changes}) == len(changes)


def test_s85_nothing_is_posted_after_a_removal(ada, gus, cockpit):
    acts = [lambda: say(gus, cockpit, "still here")] * 20
    acts.insert(10, lambda: remove_member(by=ada, conversation_id=cockpit.pk, user_id=gus.pk))
    all_at_once(*acts)
    removal = Message.objects.get(conversation=cockpit, event__what="member_removed")
    assert not Message.objects.filter(conversation=cockpit, author=gus, seq__gt=removal.seq).exists()


@contextmanager
def locked_by_somebody_else(lock):
    """What this locks stays locked, by a connection of another thread."""
    held, enough = Event(), Event()

    def hold():
        try:
            with transaction.atomic():
                lock()
                held.set()
                enough.wait(10)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        holding = pool.submit(hold)
        assert held.wait(5)
        try:
            yield enough.set
        finally:
            enough.set()
            holding.result()


def held_by_somebody_else(room):
    return locked_by_somebody_else(lambda: lock_conversation(room.pk))


def posts_in(by, *rooms):
    return [(room.pk, Post(author=by, body="Hello", client_id=uuid.uuid4())) for room in rooms]


def test_who_does_not_wait_posts_where_nobody_else_writes(ada, hangar, cockpit):
    with held_by_somebody_else(hangar):
        left, made = post_messages(posts_in(ada, hangar, cockpit), waits=NOT)
    assert isinstance(left, Held) and made.body == "Hello"


def test_brief_patience_ends_and_nothing_was_posted(ada, hangar, cockpit):
    with held_by_somebody_else(hangar), pytest.raises(Held):
        post_messages(posts_in(ada, hangar, cockpit), waits=BRIEFLY)
    assert now(cockpit).last_seq == cockpit.last_seq
    first, second = post_messages(posts_in(ada, hangar, cockpit), waits=BRIEFLY)
    assert (first.body, second.body) == ("Hello", "Hello")


def test_patience_with_whoever_holds_an_inbox_is_as_brief(ada, bob, hangar):
    call = [(hangar.pk, Post(author=ada, body="Hello @bob"))]
    with locked_by_somebody_else(lambda: next_inbox_revision(bob.pk)), pytest.raises(Held):
        post_messages(call, waits=BRIEFLY)
    assert now(hangar).last_seq == hangar.last_seq
    assert post_messages(call, waits=BRIEFLY)[0].seq == hangar.last_seq + 1


def test_brief_patience_waits_for_a_commit_and_has_the_next_number(ada, hangar):
    with held_by_somebody_else(hangar) as let_go:
        Timer(BRIEF / 3_000, let_go).start()
        (made,) = post_messages(posts_in(ada, hangar), waits=BRIEFLY)
    assert made.seq == hangar.last_seq + 1


def test_board_changes_and_talk_do_not_block_each_other(ada, bob, board, hangar, engine):
    def come_and_go():
        remove_board_member(by=ada, board_id=board.pk, user_id=bob.pk)
        add_board_member(by=ada, board_id=board.pk, user_id=bob.pk)

    message = say(ada, hangar, "first")
    talk = [
        lambda: say(ada, engine, "@bob comment"),
        lambda: say(ada, hangar, "@bob word"),
        lambda: say(bob, engine, "@ada comment"),
        lambda: mark_read(by=bob, conversation_id=hangar.pk, message_id=message.pk),
        lambda: edit_message(
            conversation_id=hangar.pk, message_id=message.pk, by=ada, body=str(uuid.uuid4())
        ),
    ]
    all_at_once(*(talk + [come_and_go]) * 4)
    engine.task.refresh_from_db()
    assert engine.task.comment_count == Message.objects.filter(conversation=engine, kind="said").count()
    assert Membership.objects.filter(conversation=hangar, user=bob).exists()


# -- inboxes are locked in the order of their people: else two would wait for each other for ever ----------------------


def lets_pass(act, first, second):
    """Somebody holds the inbox of `first` when the act begins, and wants that of `second` while the act waits."""
    return waits(act, *(partial(next_inbox_revision, user.pk) for user in (first, second)))


def waits(act, first, meanwhile):
    """What the act comes to that begins when somebody has done the one, and ends when they have done the other, too."""
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            first()
            acting = pool.submit(all_at_once, act)
            until_somebody_waits()
            meanwhile()
        return acting.result()[0]


def until_somebody_waits():
    patience = monotonic() + 10
    with connection.cursor() as cursor:
        while monotonic() < patience:
            cursor.execute("SELECT 1 FROM pg_locks WHERE NOT granted")
            if cursor.fetchone():
                return
    raise AssertionError("Nobody waits.")


def test_a_scheduled_message_waits_for_all_whom_it_tells_at_once(ada, bob, hangar):
    later = timezone.now() + timezone.timedelta(hours=1)
    lunch = schedule_message(conversation_id=hangar.pk, by=ada, body="Lunch, @bob?", send_at=later)
    sent = lets_pass(lambda: send_now(by=ada, scheduled_id=lunch.pk), ada, bob)
    assert sent.message.body == "Lunch, @bob?"


def test_an_edit_waits_for_all_whom_it_calls_or_no_longer_names_at_once(ada, bob, vera, hangar):
    leave_room(by=ada, conversation_id=hangar.pk)
    message = say(bob, hangar, "Only @ada")
    edit = {"conversation_id": hangar.pk, "message_id": message.pk, "by": bob, "body": "No, @room"}
    assert lets_pass(lambda: edit_message(**edit), ada, vera).body == "No, @room"


def test_a_removal_waits_for_whom_it_uninvites_too_at_once(ada, board, hangar, eve):
    rob = person("rob")  # who comes after Eve
    add_board_member(by=ada, board_id=board.pk, user_id=rob.pk)
    here = {"conversation_id": hangar.pk, "by": ada, "user_id": rob.pk}
    set_role(**here, role="moderator")
    invite(by=rob, conversation_id=hangar.pk, user_id=eve.pk)
    lets_pass(lambda: remove_member(**here), eve, rob)
    assert hangar.invitations.get().state == "withdrawn"
    assert not hangar.memberships.filter(user=rob).exists()


# -- so are rooms, also those of several boards that get another owner at once ----------------------------------------


def test_the_rooms_of_all_boards_that_somebody_leaves_behind_are_locked_in_one_order(ada, bob, board):
    other = create_board(by=ada, name="Other")
    add_board_member(by=ada, board_id=other.pk, user_id=bob.pk)
    first, last = other.conversations.get(), create_room(by=ada, board_id=board.pk, name="Tower")
    hold_first, hold_last = (partial(lock_conversation, room.pk) for room in (first, last))
    assert waits(lambda: deactivate(by=None, user_id=ada.pk), hold_first, hold_last) == ada
    owned = BoardMembership.objects.filter(user=bob, role="owner")
    assert set(owned.values_list("board", flat=True)) == {board.pk, other.pk}


# -- and an inbox before its person's places: whoever reads holds the one, and moves the other ------------------------


def lets_read(act, who, room):
    return waits(
        act,
        partial(next_inbox_revision, who.pk),
        lambda: room.memberships.filter(user=who).update(read_seq=F("read_seq")),
    )


def test_who_is_put_out_of_a_room_may_be_reading_there(ada, bob, hangar):
    here = {"conversation_id": hangar.pk, "by": ada, "user_id": bob.pk}
    assert lets_read(lambda: remove_member(**here), bob, hangar) == hangar
    assert not hangar.memberships.filter(user=bob).exists()


def test_who_is_put_off_a_board_may_be_reading_there(ada, bob, board, hangar):
    lets_read(lambda: remove_board_member(by=ada, board_id=board.pk, user_id=bob.pk), bob, hangar)
    assert not hangar.memberships.filter(user=bob).exists()


def test_who_speaks_and_is_named_at_once_may_be_reading(ada, bob, hangar):
    mark_read(by=bob, conversation_id=hangar.pk, message_id=say(ada, hangar, "Yes?").pk)
    posts = [(hangar.pk, Post(author=who, body=body)) for who, body in ((bob, "Hello"), (ada, "Hello @bob"))]
    first, second = lets_read(lambda: post_messages(posts), bob, hangar)
    assert (first.body, second.body) == ("Hello", "Hello @bob")


# -- and a row that others refer to is changed without keeping them from it: they wait with an inbox in their hands ---


def test_who_is_written_to_may_begin_to_write_there(ada, bob, hangar):
    begin = partial(keep_draft, by=bob, conversation_id=hangar.pk, body="I was ju")
    assert is_said_to(bob, ada, hangar, meanwhile=begin)


def test_who_is_written_to_may_be_looking_at_a_card_for_the_first_time(ada, bob, engine):
    look = partial(mark_read, by=bob, conversation_id=engine.pk, message_id=say(ada, engine, "one").pk)
    assert is_said_to(bob, ada, engine, meanwhile=look)


def test_who_is_written_to_may_be_writing_for_later(ada, bob, hangar):
    later = timezone.now() + timezone.timedelta(hours=1)
    write = partial(schedule_message, by=bob, conversation_id=hangar.pk, body="Lunch?", send_at=later)
    assert is_said_to(bob, ada, hangar, meanwhile=write)


def is_said_to(who, by, where, *, meanwhile):
    hold = partial(next_inbox_revision, who.pk)
    return waits(lambda: say(by, where, f"Hello @{who.username}"), hold, meanwhile).pk


def test_a_room_may_have_a_webhook_made_while_somebody_joins_its_board(ada, eve, board, hangar, bot):
    asked = {"bot_id": bot.pk, "url": "https://example.org/hook", "events": ["chat_message"]}
    join = partial(add_board_member, by=ada, board_id=board.pk, user_id=eve.pk)
    make = partial(make_room_hook, by=ada, conversation_id=hangar.pk, **asked)
    assert waits(join, partial(lock_conversation, hangar.pk), make).user == eve


def test_a_webhook_may_be_given_up_while_its_maker_is_written_to(ada, bob, hangar, bot):
    asked = {"bot_id": bot.pk, "url": "https://example.org/hook", "events": ["chat_message"]}
    hook = make_room_hook(by=ada, conversation_id=hangar.pk, **asked)
    OutgoingHook.objects.update(failing_since=timezone.now() - delivering.PATIENCE)
    message = say(bob, hangar, "Hello")
    fail = partial(delivering._note, hook.deliveries.get(), Outcome(error="Nobody is there."), "")
    again = partial(hook.deliveries.create, event="chat_message", message=message)
    waits(fail, partial(next_inbox_revision, ada.pk), again)
    hook.refresh_from_db()
    assert not hook.is_on


def test_one_may_be_done_with_what_one_is_being_reminded_of(ada, bob, hangar):
    message = say(ada, hangar, "The plan")
    save_message(by=bob, message_id=message.pk, remind_at=timezone.now())
    done = partial(finish_saved, by=bob, message_id=message.pk)
    waits(remind_due, partial(next_inbox_revision, bob.pk), done)
    assert not Notification.objects.exists()


def test_of_two_rooms_that_take_one_name_at_once_one_has_it(ada, board, hangar, cockpit):
    rooms = hangar, cockpit
    first, second = (partial(rename_room, by=ada, conversation_id=one.pk, name="Deck") for one in rooms)
    assert isinstance(waits(second, first, lambda: None), ValidationError)


def test_a_due_date_is_told_once_by_workers_that_come_at_once(ada, bob, board, monkeypatch):
    monkeypatch.setattr(falling_due, "MORNING", 0)
    monkeypatch.setattr(falling_due, "NIGHT", 24)
    card = {"column_id": board.columns.first().pk, "due": timezone.localdate()}
    for number in range(10):
        create_task(by=ada, title=f"{number}", assignee_ids=[ada.pk, bob.pk], **card)
    assert sum(all_at_once(*[falling_due.tell_due] * 4)) == 20
    assert Notification.objects.filter(kind="due").count() == 20
