"""What was kept for as long as it is to be kept goes for good, and every promise still holds."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.utils import timezone

from boards import actions as on_boards
from boards.keeping import choices, days_kept, days_wished
from live.streams import unbroken
from messaging.actions import (
    edit_message,
    expire_all,
    expire_messages,
    keep_upload,
    mark_read,
    pin,
    react,
    save_message,
    schedule_message,
    send_now,
    set_retention,
)
from messaging.actions.past import expiring
from messaging.line.streams import ConversationSource
from messaging.models import Attachment, Mention, Message, Notification, Pin, Reaction, Saved, Version
from messaging.queries import kept
from messaging.queries.checking import drifts
from messaging.queries.files import files_of
from messaging.queries.places import places_of
from messaging.queries.timeline import page_of
from messaging.search import finding

from ..conftest import now, say

# Files go, and comments are counted, after the commit.
pytestmark = pytest.mark.django_db(transaction=True)
source = ConversationSource()


def ages(messages, days=31):
    moment = timezone.now() - timedelta(days=days)
    Message.objects.filter(pk__in=[one.pk for one in messages]).update(created_at=moment)


@pytest.fixture
def old(ada, bob, hangar):
    """Three messages of long ago and one of today, in a room that keeps them for thirty days."""
    set_retention(by=ada, conversation_id=hangar.pk, days=30)
    said = [say(who, hangar, f"{word} @bob") for who, word in ((ada, "one"), (bob, "two"), (ada, "three"))]
    ages([*hangar.messages.all()])
    return [*said, say(ada, hangar, "four", reply_to=said[1].pk)]


def words(conversation):
    return [one["message"] for one in page_of(now(conversation)).messages]


GONE = "What was said here before is gone: messages are kept for 30 days."


def test_nothing_goes_where_nobody_wishes_it(ada, hangar):
    ages([say(ada, hangar, "old")], 9_999)
    assert expire_all() == 0 and words(hangar)[-1] == "old"


def test_what_is_older_goes_and_a_line_says_so_in_nobodys_name(hangar, old):
    assert expire_all() == old[2].seq
    assert words(hangar) == [GONE, "four"]
    line, four = page_of(now(hangar)).messages
    assert (line["kind"], line["user_id"], line["display_name"], line["client_id"]) == (
        "system",
        None,
        "",
        None,
    )
    assert four["reply_to"]["excerpt"] == ""
    kept_words = Message.objects.filter(conversation=hangar).exclude(body="").values_list("body", flat=True)
    assert sorted(kept_words) == sorted([GONE, "four"])
    assert expire_all() == 0


def test_counts_stay_exact(ada, bob, gus, hangar, old):
    mark_read(by=gus, conversation_id=hangar.pk, message_id=old[0].pk)
    assert places_of(gus, [hangar.pk])[0]["unread"] == 3
    expire_all()
    assert places_of(gus, [hangar.pk])[0]["unread"] == 1
    assert list(drifts()) == []


def test_all_that_hangs_on_an_expired_message_goes_too(
    ada, bob, hangar, old, django_capture_on_commit_callbacks
):
    two, three = old[1], old[2]
    about = {"conversation_id": hangar.pk, "by": bob}
    edit_message(**about, message_id=two.pk, body="two again @ada")
    react(**about, message_id=two.pk, emoji="👍", on=True)
    pin(**about, message_id=three.pk, on=True)
    save_message(by=bob, message_id=three.pk)
    waiting = schedule_message(
        by=bob, conversation_id=hangar.pk, body="later", send_at=timezone.now() + timedelta(days=1)
    )
    send_now(by=bob, scheduled_id=waiting.pk)
    upload = keep_upload(conversation_id=hangar.pk, by=ada, name="plan.txt", chunks=[b"secret"])
    last = say(ada, hangar, "", attachments=[upload.pk])
    Attachment.objects.update(created_at=timezone.now() - timedelta(days=31))
    ages([*hangar.messages.all()])
    assert default_storage.exists(upload.path)
    expire_all()
    assert words(hangar) == [GONE]
    for noun in (Version, Reaction, Pin, Mention, Saved, Attachment):
        assert not noun.objects.exists(), noun
    assert not default_storage.exists(upload.path)
    assert not Notification.objects.filter(read_at=None).exists()
    waiting.refresh_from_db()
    assert waiting.body == "" and kept.saved_now(bob.pk) == []
    assert files_of(now(hangar)).files == [] and last.seq == now(hangar).cleared_seq + 1


def test_nothing_of_it_is_found(bob, hangar, old):
    def found(text):
        return finding.search(bob, text).hits

    assert found("two")
    expire_all()
    assert not found("two") and not found("gone") and found("four")


def test_messages_expire_in_steps_each_of_which_is_whole(hangar, old, monkeypatch):
    monkeypatch.setattr(expiring, "MOST_AT_ONCE", 2)
    assert expire_messages(conversation_id=hangar.pk) == 2
    assert words(hangar)[0] == GONE and words(hangar)[-3:] == ["two @bob", "three @bob", "four"]
    assert list(drifts()) == []
    expire_all()
    assert words(hangar) == [GONE, "four"]


def test_a_silent_room_is_left_alone_once_it_is_empty(hangar, old):
    expire_all()
    ages([*hangar.messages.all()])
    assert expire_all() and words(hangar) == [GONE]
    revision = now(hangar).revision
    assert list(expiring.aged()) == [] and expire_messages(conversation_id=hangar.pk) == 0
    assert now(hangar).revision == revision


def test_open_browsers_and_those_who_come_back_see_it_go(hangar, old):
    since = now(hangar).revision
    expire_all()
    (change,) = source.changes(hangar.pk, since, 10)
    (frame,) = source.say(change, change.revision, "v2", since)
    assert (frame["type"], frame["cleared_by"], frame["count"]) == ("messages_cleared", "", 3)
    assert (frame["seq"], frame["revision"], frame["message"]) == (old[2].seq, since + 1, GONE)
    assert source.say(change, change.revision, "plain", since)[0]["type"] == "messages_cleared"
    (inbox,) = source.say(change, change.revision, "inbox", since)
    assert (inbox["what"], inbox["excerpt"], inbox["seq"] < inbox["last_seq"]) == ("cleared", "", True)
    told = unbroken(source.changes(hangar.pk, 0, 100), 0)
    assert [revision for revision, _ in told] == [*range(1, now(hangar).revision + 1)]


def test_a_message_that_went_is_still_no_new_one_when_it_is_sent_again(ada, hangar):
    name = "0b5b4f0c-8c5c-4a43-a3c7-0f9f2f3c8e11"
    set_retention(by=ada, conversation_id=hangar.pk, days=30)
    first = say(ada, hangar, "Hello", client_id=name)
    ages([*hangar.messages.all()])
    expire_all()
    assert say(ada, hangar, "Hello", client_id=name).pk == first.pk
    assert words(hangar) == [GONE]


def test_the_notice_of_a_direct_conversation_goes_on_to_what_is_still_unread(ada, bob, direct, settings):
    settings.RETENTION = {"days": 30, "least": 0, "most": 0}
    first, second = say(ada, direct, "old"), say(ada, direct, "new")
    ages([first])
    expire_all()
    notice = Notification.objects.get(user=bob)
    assert (notice.message_id, notice.read_at) == (second.pk, None)
    assert list(drifts()) == []
    ages([second])
    expire_all()
    assert not Notification.objects.filter(read_at=None).exists()


def test_cards_are_counted_anew(ada, board, engine):
    on_boards.set_retention(by=ada, board_id=board.pk, days=30)
    ages([say(ada, engine, "old")])
    say(ada, engine, "new")
    expire_all()
    engine.task.refresh_from_db()
    assert engine.task.comment_count == 1


# -- who says how long -----------------------------------------------------------------------------------------------


def test_a_room_goes_before_its_board_and_the_board_before_the_installation(ada, board, hangar, settings):
    settings.RETENTION = {"days": 90, "least": 0, "most": 0}
    assert now(hangar).days_kept == 90
    on_boards.set_retention(by=ada, board_id=board.pk, days=60)
    assert now(hangar).days_kept == 60
    set_retention(by=ada, conversation_id=hangar.pk, days=0)
    assert now(hangar).days_kept == 0
    set_retention(by=ada, conversation_id=hangar.pk, days=None)
    assert now(hangar).days_kept == 60


@pytest.mark.parametrize(("wish", "days"), [(None, 90), (0, 365), (7, 30), (400, 365), (100, 100)])
def test_the_host_has_the_last_word_whatever_was_wished_before(settings, wish, days):
    settings.RETENTION = {"days": 90, "least": 30, "most": 365}
    assert days_kept(wish) == days


@pytest.mark.parametrize("text", ["7", "0", "400", "-1", "a", "99999", "1.5", "²"])
def test_what_the_host_does_not_allow_is_refused_in_words(settings, text):
    settings.RETENTION = {"days": 90, "least": 30, "most": 365}
    assert days_wished("31") == 31 and days_wished("") is None
    assert [days for days, _ in choices(31)] == [30, 31, 90, 180, 365]
    with pytest.raises(ValidationError):
        days_wished(text)


def test_people_hear_of_it_in_the_room(ada, board, hangar, cockpit):
    set_retention(by=ada, conversation_id=hangar.pk, days=30)
    assert words(hangar)[-1] == "Ada set that messages here are kept for 30 days."
    on_boards.set_retention(by=ada, board_id=board.pk, days=60)
    assert words(cockpit)[-1] == "Ada set that messages here are kept for 60 days."
    assert words(hangar)[-1] == "Ada set that messages here are kept for 30 days."
    before = now(cockpit).revision
    on_boards.set_retention(by=ada, board_id=board.pk, days=60)
    assert now(cockpit).revision == before


@pytest.mark.parametrize("who", ["bob", "vera", "gus", "eve"])
def test_only_those_who_run_a_room_or_board_choose_how_long_it_keeps(request, board, hangar, who):
    by = request.getfixturevalue(who)
    with pytest.raises(PermissionDenied):
        set_retention(by=by, conversation_id=hangar.pk, days=1)
    with pytest.raises(PermissionDenied):
        on_boards.set_retention(by=by, board_id=board.pk, days=1)


# -- pages and the command -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["ada", "vera"])
def test_the_page_says_how_long(client, request, board, hangar, engine, who, settings):
    settings.RETENTION = {"days": 90, "least": 0, "most": 0}
    client.force_login(request.getfixturevalue(who))
    for page in (hangar.url, engine.url, f"/boards/{board.pk}/settings/"):
        assert "or 90 days" in client.get(page).content.decode(), page


def test_a_form_sets_it(client, ada, board, hangar):
    client.force_login(ada)
    client.post(f"/messaging/room/{hangar.pk}/keep/", {"days": "7"})
    client.post(f"/boards/{board.pk}/keep/", {"days": "30"})
    board.refresh_from_db()
    assert (now(hangar).retention_days, board.retention_days) == (7, 30)
    assert '<option value="7" selected>' in client.get(hangar.url).content.decode()


def test_a_dry_run_changes_nothing(hangar, old):
    before, out = now(hangar).revision, StringIO()
    call_command("retention", "--dry-run", stdout=out)
    assert "General), kept 30 days: 3 messages\n3 messages would go" in out.getvalue()
    assert now(hangar).revision == before
    call_command("retention", stdout=out)
    assert words(hangar) == [GONE, "four"]
