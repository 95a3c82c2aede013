"""Saying something, and changing one's words."""

import uuid

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DataError, IntegrityError, OperationalError, connection

from messaging.actions import clear_conversation, delete_message, edit_message, post_message, react
from messaging.actions.changing import BRIEFLY, NOT
from messaging.actions.saying import commenting, deleting, posting
from messaging.models import Membership, Message
from messaging.posts import Post

from ..conftest import now, say


def test_messages_are_numbered_without_a_gap(ada, bob, hangar):
    start = hangar.last_seq
    said = [say(ada, hangar, "one"), say(bob, hangar, "two"), say(ada, hangar, "three")]
    assert [message.seq for message in said] == [start + 1, start + 2, start + 3]
    assert [message.revision for message in said] == [
        hangar.revision + 1,
        hangar.revision + 2,
        hangar.revision + 3,
    ]
    assert now(hangar).last_seq == Message.objects.filter(conversation=hangar).count()


def test_a_retry_does_not_post_twice(ada, hangar):
    name = uuid.uuid4()
    first = say(ada, hangar, "Hello", client_id=name)
    before = now(hangar).revision
    again = say(ada, hangar, "Hello", client_id=str(name))
    assert again == first
    assert now(hangar).revision == before


def test_tries_that_are_written_together_make_one_message(ada, bob, hangar, cockpit, monkeypatch):
    """And the database need not refuse any of them."""
    monkeypatch.setattr(posting, "_one_by_one", None)
    post = Post(author=ada, body="Hello", client_id=uuid.uuid4())
    of_bob = Post(author=bob, body="Hello", client_id=post.client_id)
    places = (hangar, post), (hangar, post), (cockpit, post), (hangar, of_bob)
    first, again, elsewhere, his = posting.post_messages([(room.pk, what) for room, what in places])
    assert first is again and isinstance(elsewhere, ValidationError) and his.seq == first.seq + 1
    assert Message.objects.filter(client_id=post.client_id).count() == 2


def test_the_same_words_without_a_client_id_are_said_as_often_as_they_are_posted(ada, hangar):
    first, second = posting.post_messages([(hangar.pk, Post(author=ada, body="Hello"))] * 2)
    assert second.seq == first.seq + 1


def test_a_client_id_is_used_in_one_conversation_only(ada, hangar, cockpit):
    name = uuid.uuid4()
    say(ada, hangar, "Hello", client_id=name)
    with pytest.raises(ValidationError):
        say(ada, cockpit, "Hello", client_id=name)


def test_two_people_may_choose_the_same_client_id(ada, bob, hangar):
    name = uuid.uuid4()
    assert say(ada, hangar, "a", client_id=name) != say(bob, hangar, "b", client_id=name)


def test_a_client_id_stays_taken_after_a_clearing(ada, hangar):
    name = uuid.uuid4()
    first = say(ada, hangar, "Hello", client_id=name)
    clear_conversation(conversation_id=hangar.pk, by=ada)
    assert say(ada, hangar, "Hello", client_id=name) == first


@pytest.mark.parametrize("body", ["", "  \n ", "\u200b\u2060", "a" * 8001, "a\0b", "a\ud800", 7, None])
def test_a_message_must_be_text_that_shows(ada, hangar, body):
    with pytest.raises(ValidationError):
        say(ada, hangar, body)
    assert now(hangar).revision == hangar.revision


def test_a_reply_answers_a_message_of_the_same_conversation(ada, bob, hangar, cockpit):
    first = say(ada, hangar, "Where?")
    assert say(bob, hangar, "Here.", reply_to=first.pk).reply_to == first
    elsewhere = say(ada, cockpit, "Secret")
    with pytest.raises(ValidationError):
        say(bob, hangar, "Here.", reply_to=elsewhere.pk)


def test_posting_moves_my_cursor_only_if_i_had_read_everything(ada, bob, hangar):
    cursor = Membership.objects.get(conversation=hangar, user=ada)
    Membership.objects.filter(conversation=hangar).update(read_seq=hangar.last_seq)
    mine = say(ada, hangar, "one")
    cursor.refresh_from_db()
    assert cursor.read_seq == mine.seq
    say(bob, hangar, "two")
    say(ada, hangar, "three")
    cursor.refresh_from_db()
    assert cursor.read_seq == mine.seq


def test_of_what_is_written_together_one_has_read_ones_own_up_to_that_of_another(ada, bob, hangar):
    Membership.objects.filter(conversation=hangar).update(read_seq=hangar.last_seq)
    posts = [(hangar.pk, Post(author=author, body="Hello")) for author in (ada, ada, bob, ada)]
    read = {ada.pk: posting.post_messages(posts)[1].seq, bob.pk: hangar.last_seq}
    for cursor in Membership.objects.filter(conversation=hangar, user__in=read):
        assert cursor.read_seq == read[cursor.user_id]


def test_the_first_comment_is_read_by_its_author(ada, engine):
    message = say(ada, engine, "one")
    assert Membership.objects.get(conversation=engine, user=ada).read_seq == message.seq


def test_posting_costs_the_same_in_a_large_room(ada, hangar, django_assert_num_queries, people):
    # BEGIN; lock, roles, the earlier one of the name; numbers, cursor, message; errand; COMMIT
    trips = 5 if connection.vendor == "postgresql" else 9  # which is told the middle ones at once
    with django_assert_num_queries(trips):
        say(ada, hangar, "few", client_id=uuid.uuid4())
    Membership.objects.bulk_create(Membership(conversation=hangar, user=user) for user in people(300))
    with django_assert_num_queries(trips):
        say(ada, hangar, "many", client_id=uuid.uuid4())


def test_an_author_changes_their_words(ada, hangar):
    message = say(ada, hangar, "Helo")
    edited = edit_message(conversation_id=hangar.pk, message_id=message.pk, by=ada, body="*Hello*")
    assert (edited.body, edited.html) == ("*Hello*", "<p><em>Hello</em></p>")
    assert edited.edited_at
    assert edited.revision == message.revision + 1
    assert (edited.seq, edited.born) == (message.seq, message.born)


def test_the_same_words_again_change_nothing(ada, hangar):
    message = say(ada, hangar, "Hello")
    edit_message(conversation_id=hangar.pk, message_id=message.pk, by=ada, body="Hello")
    assert now(hangar).revision == message.revision


def test_nobody_edits_the_words_of_another(ada, bob, hangar):
    message = say(bob, hangar, "Hello")
    with pytest.raises(PermissionDenied):
        edit_message(conversation_id=hangar.pk, message_id=message.pk, by=ada, body="Bye")


def test_a_message_is_found_in_its_own_conversation_only(ada, hangar, cockpit):
    message = say(ada, cockpit, "Secret")
    for change in (
        lambda: edit_message(conversation_id=hangar.pk, message_id=message.pk, by=ada, body="Bye"),
        lambda: delete_message(conversation_id=hangar.pk, message_id=message.pk, by=ada),
        lambda: react(conversation_id=hangar.pk, message_id=message.pk, by=ada, emoji="👍"),
    ):
        with pytest.raises(Message.DoesNotExist):
            change()


def test_there_is_one_answer_for_hidden_and_for_missing(eve, hangar):
    answers = set()
    for id in (hangar.pk, 999_999):
        with pytest.raises(PermissionDenied) as refused:
            post_message(conversation_id=id, author=eve, body="Hello")
        answers.add(str(refused.value))
    assert len(answers) == 1


def test_a_comment_is_counted_on_the_card(ada, engine, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        message = say(ada, engine, "First")
    engine.task.refresh_from_db()
    assert engine.task.comment_count == 1
    with django_capture_on_commit_callbacks(execute=True):
        delete_message(conversation_id=engine.pk, message_id=message.pk, by=ada)
    engine.task.refresh_from_db()
    assert engine.task.comment_count == 0


def test_what_was_not_counted_is_counted_later(ada, engine, board):
    """The process died between the two: on_commit never came."""
    first, *_ = (say(ada, engine, words) for words in ("First", "Second", "Third"))
    delete_message(conversation_id=engine.pk, message_id=first.pk, by=ada)
    before = type(board).objects.get(pk=board.pk).revision
    assert commenting.recount_comments() == 1 and commenting.recount_comments() == 0
    engine.task.refresh_from_db()
    assert engine.task.comment_count == 2
    assert type(board).objects.get(pk=board.pk).revision == before + 1  # whoever looks at the board is told
    clear_conversation(conversation_id=engine.pk, by=ada)
    assert commenting.recount_comments() == 1
    engine.task.refresh_from_db()
    assert engine.task.comment_count == 0


@pytest.mark.django_db(transaction=True)
def test_a_comment_stands_when_it_cannot_be_counted(ada, engine, monkeypatch):
    monkeypatch.setattr(commenting, "note_comment", _is_gone)
    message = say(ada, engine, "First")
    assert Message.objects.get(pk=message.pk).body == "First"


@pytest.mark.django_db(transaction=True)
def test_words_are_taken_back_when_their_files_cannot_be_reached(ada, hangar, monkeypatch):
    monkeypatch.setattr(deleting, "purge_uploads", _is_gone)
    message = say(ada, hangar, "Oh")
    assert delete_message(conversation_id=hangar.pk, message_id=message.pk, by=ada).deleted_at
    assert clear_conversation(conversation_id=hangar.pk, by=ada)


def _is_gone(**_):
    raise OperationalError("the connection is gone")


def test_what_is_tried_one_by_one_is_never_left_half_way(ada, hangar, cockpit, monkeypatch):
    """Held, once some of them are kept, would have all of them said again."""
    write, waited = posting._write, []

    def break_a_rule(candidates, waits):
        waited.append(waits)
        if len(candidates) > 1:
            raise IntegrityError
        write(candidates, waits)

    monkeypatch.setattr(posting, "_write", break_a_rule)
    posts = [(room.pk, Post(author=ada, body="Hello")) for room in (hangar, cockpit)]
    assert [one.body for one in posting.post_messages(posts, waits=BRIEFLY)] == ["Hello", "Hello"]
    assert waited == [BRIEFLY, NOT, NOT]


@pytest.mark.parametrize("failure", [IntegrityError("its author is gone"), DataError("out of range")])
def test_what_the_database_does_not_take_is_told_as_what_it_is(ada, hangar, monkeypatch, failure):
    """And its neighbours are kept."""
    inserting = posting.inserting

    def refuse_one(messages):
        if any(message.body == "Bad" for message in messages):
            raise failure
        return inserting(messages)

    monkeypatch.setattr(posting, "inserting", refuse_one)
    posts = [
        (hangar.pk, Post(author=ada, body=body, client_id=uuid.uuid4())) for body in ("Good", "Bad", "Better")
    ]
    good, refused, better = posting.post_messages(posts)
    assert better.seq == good.seq + 1
    if isinstance(failure, DataError):
        assert isinstance(refused, ValidationError) and "client_id" not in str(refused)
    else:
        assert refused is failure
