"""What reaches people outside of pages is in their language, and what all read alike in the site's."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from accounts.actions import make_invite_link
from accounts.models import AuditEntry
from boards.actions import change_board_role, create_board, create_task, move_task
from live.sockets.errors import RateLimited, error_frame
from messaging.actions import join_room, leave_room, rename_room, schedule_message, send_now
from messaging.actions.notices import mailing
from messaging.actions.notices.notifying import notify
from messaging.actions.rooms import folding
from messaging.mail import letters
from messaging.models import Export, Message, Notification
from messaging.push import calls
from messaging.queries import notices

from ..messaging.conftest import (  # noqa: F401  fixtures
    board,
    direct,
    hangar,
    nobody_has_posted_yet,
    say,
)
from .marks import BEGIN, END, speak_marked


@pytest.fixture(autouse=True)
def german_in_marks(db, monkeypatch, settings):
    settings.LANGUAGES = [("en", "English"), ("de", "Deutsch")]
    speak_marked(monkeypatch, only="de")


@pytest.fixture
def bob_speaks_german(bob):  # noqa: F811
    bob.language = "de"
    bob.save()
    return bob


def test_a_letter_is_in_the_language_of_its_reader(ada, bob_speaks_german, hangar):  # noqa: F811
    say(ada, hangar, "@bob come")
    told = notices.told(Notification.objects.filter(user=bob_speaks_german))
    to_bob, to_ada = letters.digest(bob_speaks_german, told), letters.digest(ada, told)
    assert BEGIN in to_bob.subject and BEGIN in to_bob.html and BEGIN in to_bob.text
    assert BEGIN not in to_ada.subject + to_ada.html + to_ada.text


def test_a_push_is_in_the_language_of_its_person(ada, bob_speaks_german, hangar):  # noqa: F811
    said = [say(ada, hangar, "@bob come"), say(ada, hangar, "soon")]
    (call,) = calls.of_notifications(Notification.objects.filter(user=bob_speaks_german))
    assert call.title.startswith(BEGIN) and call.body == "@bob come"
    (of_both,) = calls.of_messages(hangar, said, {bob_speaks_german: 0})
    assert BEGIN in of_both.title


def test_neither_a_push_nor_a_letter_mixes_two_languages(bob_speaks_german, mailoutbox):  # noqa: F811
    export = Export.objects.create(user=bob_speaks_german, what=Export.What.MINE, ready_at=timezone.now())
    notify(Notification.Kind.EXPORT, [bob_speaks_german.pk], export=export)
    notice = Notification.objects.get(export=export)
    (call,) = calls.of_notifications(Notification.objects.filter(pk=notice.pk))
    mailing._send(bob_speaks_german, [notice.pk])
    sentence = f"{BEGIN}{BEGIN}What you said and sent{END} is ready to download{END}"
    assert call.title == mailoutbox[0].subject == sentence


def test_a_letter_heads_in_words_what_one_person_said_to_another(ada, bob_speaks_german, direct):  # noqa: F811
    say(ada, direct, "Hello")
    told = notices.told(Notification.objects.filter(user=bob_speaks_german))
    letter = letters.digest(bob_speaks_german, told)
    assert f"{BEGIN}direct message" in letter.html and f"{BEGIN}direct message" in letter.text


def test_what_a_board_begins_with_is_said_to_all_alike(ada):  # noqa: F811
    with translation.override("de"):
        begun = create_board(by=ada, name="Tower")
    assert [column.title for column in begun.columns.all()] == ["To do", "Doing", "Done"]


def test_the_audit_log_keeps_the_sites_language_and_is_read_in_ones_own(ada, board):  # noqa: F811
    with translation.override("de"):
        ada.is_superuser = True
        ada.save()
        make_invite_link(by=ada, people=3)
        link = AuditEntry.objects.get(word="invite_link.made")
        change_board_role(
            by=ada, board_id=board.pk, user_id=board.people.get(username="bob").pk, role="admin"
        )
        role = AuditEntry.objects.get(word="board.role_given")
        assert link.noun == "3 people"
        assert f"{BEGIN}admin{END} of" in str(role) and f"before {BEGIN}member{END}" in str(role)
    assert str(role) == "Ada (@ada) made Bob (@bob) admin of the board Hangar, before member."


@pytest.mark.parametrize(
    "error",
    [
        ValidationError(_("At most %(most)d."), params={"most": 3}),
        PermissionDenied(_("You may not do that here.")),
        PermissionDenied(),
        RateLimited(1.0),
        Message.DoesNotExist(),
    ],
    ids=lambda error: type(error).__name__,
)
def test_a_refusal_is_in_the_language_of_the_line_that_tells_it(error):
    assert BEGIN not in error_frame(error)["detail"]
    with translation.override("de"):
        assert error_frame(error)["detail"].startswith(BEGIN)


def test_a_conversation_speaks_to_all_alike(ada, bob_speaks_german, board):  # noqa: F811
    room = board.conversations.get(name="General")
    with translation.override("de"):
        leave_room(by=bob_speaks_german, conversation_id=room.pk)
        join_room(by=bob_speaks_german, conversation_id=room.pk)
        rename_room(by=ada, conversation_id=room.pk, name="{by} {0}", description="{name}")
        task = create_task(by=ada, column_id=board.columns.first().pk, title="Wing")
        move_task(by=ada, task_id=task.pk, column_id=board.columns.last().pk)
        folding.fold_activity(board.pk)
    said = room.messages.filter(kind=Message.Kind.SYSTEM).order_by("seq").values_list("body", flat=True)
    assert list(said)[-5:] == [
        "Bob left.",
        "Bob joined.",
        "Ada renamed the room to {by} {0}.",
        "Ada described the room anew. It is for: {name}",
        "Ada added Wing and finished Wing.",
    ]


def test_why_a_message_was_not_sent_later_is_said_to_its_author(ada, bob_speaks_german, hangar):  # noqa: F811
    late = timezone.now()
    kept = schedule_message(conversation_id=hangar.pk, by=bob_speaks_german, body="Hello", send_at=late)
    leave_room(by=bob_speaks_german, conversation_id=hangar.pk)
    hangar.board.memberships.filter(user=bob_speaks_german).delete()
    assert send_now(by=bob_speaks_german, scheduled_id=kept.pk).refusal.startswith(BEGIN)
