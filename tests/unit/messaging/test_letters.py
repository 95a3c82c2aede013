"""A letter tells everything that waits at once, never the same twice, and stops when it is asked to."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from messaging import letters
from messaging.actions import delete_message, mail_digests, mark_notifications_read, remove_member, set_level
from messaging.actions.mailing import is_due
from messaging.models import Notification, NotificationWishes

from .conftest import say


def time_passes(**much):
    Notification.objects.update(created_at=timezone.now() - timedelta(**much or {"minutes": 6}))


@pytest.fixture
def waiting(ada, bob, hangar, engine):
    say(bob, hangar, "@ada look at this")
    say(bob, engine, "@ada and at this")
    time_passes()


def test_one_letter_tells_all(waiting, mailoutbox):
    assert mail_digests() == 1
    (letter,) = mailoutbox
    assert letter.to == ["ada@example.org"]
    assert letter.subject == "Bob mentioned you in General, and 1 more"
    assert "@ada look at this" in letter.body and "@ada and at this" in letter.body
    html, kind = letter.alternatives[0]
    assert kind == "text/html" and "@ada and at this" in html and "/messaging/room/" in html


def test_a_letter_waits_until_people_have_had_time_to_look(ada, bob, hangar, mailoutbox):
    say(bob, hangar, "@ada look")
    assert mail_digests() == 0
    time_passes()
    assert mail_digests() == 1


def test_nothing_is_told_twice(ada, bob, hangar, waiting, mailoutbox):
    mail_digests()
    assert mail_digests() == 0
    say(bob, hangar, "@ada one more")
    time_passes()
    assert mail_digests() == 1
    assert "one more" in mailoutbox[1].body and "look at this" not in mailoutbox[1].body


def test_what_was_read_is_not_mailed(ada, waiting, mailoutbox):
    mark_notifications_read(by=ada)
    assert mail_digests() == 0


def test_what_was_taken_back_is_not_mailed(bob, ada, hangar, mailoutbox):
    message = say(bob, hangar, "@ada look")
    delete_message(conversation_id=hangar.pk, message_id=message.pk, by=bob)
    time_passes()
    assert mail_digests() == 0


def test_a_removed_person_gets_no_letter(ada, gus, cockpit, mailoutbox):
    say(ada, cockpit, "@gus secret")
    time_passes()
    remove_member(by=ada, conversation_id=cockpit.pk, user_id=gus.pk)
    Notification.objects.update(read_at=None)
    assert mail_digests() == 0


def test_a_letter_that_did_not_leave_is_written_again(ada, waiting, mailoutbox, monkeypatch):
    def fail(*args):
        raise OSError("no mail today")

    with monkeypatch.context() as broken:
        broken.setattr("messaging.actions.mailing._send", fail)
        with pytest.raises(OSError):
            mail_digests()
    assert mail_digests() == 1


def test_without_a_way_out_everything_waits(waiting, mailoutbox, settings):
    sends, settings.EMAIL_BACKEND = settings.EMAIL_BACKEND, "accounts.mail.NoWayOut"
    assert mail_digests() == 0
    settings.EMAIL_BACKEND = sends
    assert mail_digests() == 1 and "@ada look at this" in mailoutbox[0].body


@pytest.mark.parametrize(
    ("digest", "hours_ago", "due"),
    [("soon", 0.1, True), ("hourly", 0.5, False), ("hourly", 1.1, True), ("never", 48, False)],
)
def test_letters_keep_the_pace_that_was_asked_for(ada, digest, hours_ago, due):
    now = timezone.now()
    NotificationWishes.objects.create(
        user=ada, digest=digest, digest_sent_at=now - timedelta(hours=hours_ago)
    )
    ada.refresh_from_db()
    assert is_due(ada, now) is due


def test_the_letter_of_the_day_comes_in_the_morning_of_the_person(ada):
    ada.time_zone = "Asia/Tokyo"
    ada.notification_wishes = NotificationWishes(user=ada, digest="daily")
    morning = datetime(2026, 11, 23, 23, 0, tzinfo=UTC)  # eight o'clock of the 24th in Tokyo
    assert not is_due(ada, morning - timedelta(minutes=1)) and is_due(ada, morning)
    ada.notification_wishes.digest_sent_at = morning
    assert not is_due(ada, morning + timedelta(hours=5)) and is_due(ada, morning + timedelta(days=1))


def test_a_letter_says_how_to_stop_it(ada, waiting, mailoutbox):
    mail_digests()
    headers = mailoutbox[0].extra_headers
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    path = headers["List-Unsubscribe"].strip("<>").partition("8000")[2]
    stranger = Client(enforce_csrf_checks=True)
    assert stranger.get(path).status_code == 200
    assert not NotificationWishes.objects.filter(digest="never").exists()  # looking changes nothing
    assert stranger.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert NotificationWishes.objects.get(user=ada).digest == "never"


def test_a_forged_link_stops_nothing(ada, db):
    path = f"/messaging/unsubscribe/{letters.token_for(ada)[:-2]}xx/"
    assert Client().post(path).status_code == 404


def test_a_line_break_in_a_name_forges_no_header(ada, bob, hangar, mailoutbox):
    say(bob, hangar, "@ada")
    bob.__class__.objects.filter(pk=bob.pk).update(display_name="Bob\nBcc: eve@example.org")
    time_passes()
    mail_digests()
    assert "\n" not in mailoutbox[0].subject


def test_wishes_are_kept_by_a_form_and_told_to_every_browser(client, ada):
    client.force_login(ada)
    said = {
        "push": "on",
        "quiet_from": "22:00",
        "quiet_until": "07:00",
        "quiet_days": ["0", "4"],
        "digest": "daily",
    }
    assert client.post("/messaging/notifications/wishes/", said).status_code == 302
    kept = NotificationWishes.objects.get(user=ada)
    assert (kept.push, kept.sound, kept.quiet_days, kept.digest) == (True, False, "04", "daily")
    assert kept.inbox_revision == ada.inbox.revision
    half = client.post("/messaging/notifications/wishes/", {**said, "quiet_until": ""})
    assert half.status_code == 200 and "need both ends" in half.content.decode()


def test_the_page_names_every_conversation_one_chose_otherwise_for(client, ada, hangar, engine, direct):
    for conversation, level in ((hangar, "all"), (engine, "nothing"), (direct, "mentions")):
        set_level(by=ada, conversation_id=conversation.pk, level=level)
    client.force_login(ada)
    answer = client.get("/messaging/notifications/wishes/")
    assert answer.status_code == 200
    chosen = {(one["name"], one["level"]) for one in answer.context["chosen"]}
    assert chosen == {("General", "Everything"), ("Engine", "Nothing"), ("Direct conversation", "Mentions")}
