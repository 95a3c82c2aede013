"""A letter tells everything that waits at once, never the same twice, and stops when it is asked to."""

import contextlib
from datetime import UTC, datetime, timedelta

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.utils import timezone

from messaging.actions import (
    delete_message,
    keep_wishes,
    mail_digests,
    mark_notifications_read,
    mark_notifications_unread,
    mark_read,
    mark_unread,
    remove_member,
    set_level,
)
from messaging.actions.notices import mailing
from messaging.actions.notices.inboxes import next_inbox_revision
from messaging.actions.notices.mailing import NothingLeft
from messaging.actions.own import wishing
from messaging.mail import letters
from messaging.mail import times as letter_times
from messaging.mail.times import is_due
from messaging.models import Notification, NotificationWishes

from ..conftest import say
from ..mail_server import MailServer


@pytest.fixture
def mail_server(settings):
    server = MailServer()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
    yield server
    server.closes()


@pytest.fixture
def clock(monkeypatch):
    """Moves the time by so much."""
    now = timezone.now

    def move(**much):
        monkeypatch.setattr(timezone, "now", lambda: now() + timedelta(**much))

    return move


def time_passes(**much):
    Notification.objects.update(created_at=timezone.now() - timedelta(**much or {"minutes": 6}))


@pytest.fixture
def waiting(ada, bob, hangar, engine):
    say(bob, hangar, "@ada look at this")
    say(bob, engine, "@ada and at this")
    time_passes()


def test_no_letter_tells_what_was_seen_and_marked_unread(ada, bob, hangar, engine, mailoutbox):
    message = say(bob, hangar, "@ada look at this")
    say(bob, engine, "@ada and at this")
    here = {"by": ada, "conversation_id": hangar.pk, "message_id": message.pk}
    mark_read(**here), mark_unread(**here)
    mark_notifications_unread(by=ada, ids=mark_notifications_read(by=ada))
    assert Notification.objects.filter(user=ada, read_at=None).count() == 2
    time_passes()
    assert mail_digests() == 0 and mailoutbox == []


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


def test_an_address_that_its_person_never_confirmed_gets_no_letter(client, ada, waiting, mailoutbox):
    EmailAddress.objects.filter(user=ada).update(verified=False)
    client.force_login(ada)
    assert mail_digests() == 0
    assert "is not confirmed" in client.get("/messaging/notifications/wishes/").content.decode()
    EmailAddress.objects.filter(user=ada).update(verified=True)
    assert mail_digests() == 1
    assert "is not confirmed" not in client.get("/messaging/notifications/wishes/").content.decode()


# -- letters that do not leave ---------------------------------------------------------------------------------------


@pytest.fixture
def everybody(ada, bob, vera, gus, hangar):
    """A letter is due to each of them, in this order."""
    say(bob, hangar, "@ada @vera @gus come")
    say(ada, hangar, "@bob come")
    time_passes()
    return [ada, bob, vera, gus]


def sent_at(user):
    return NotificationWishes.objects.get(user=user).digest_sent_at


def test_a_refused_address_keeps_nobody_else_waiting(everybody, mail_server, caplog):
    mail_server.refuses = {"ada@example.org", "bob@example.org", "vera@example.org"}
    assert mail_digests() == 1
    assert mail_server.addressees == ["gus@example.org"]
    assert caplog.messages == [
        f"The letter to person {user.pk} did not leave: SMTPRecipientsRefused 550" for user in everybody[:3]
    ]


def test_a_refused_letter_is_tried_again_later_and_later(everybody, mail_server, clock):
    mail_server.refuses = {"ada@example.org"}

    def tries(**later):
        clock(**later)
        heard = len(mail_server.heard)
        with contextlib.suppress(NothingLeft):
            mail_digests()
        return "rcpt TO:<ada@example.org>" in mail_server.heard[heard:]

    assert tries() and not tries() and not tries(minutes=4)
    assert tries(minutes=6) and not tries(minutes=15) and tries(minutes=17)
    mail_server.refuses = set()
    assert not tries(minutes=18) and tries(minutes=38)
    assert mail_server.addressees.count("ada@example.org") == 1
    assert not letter_times._rest_of(everybody[0].pk)[0]


def test_a_failed_letter_costs_nobody_the_letter_of_the_day(ada, everybody, mail_server, clock):
    yesterday = timezone.now() - timedelta(days=1)
    NotificationWishes.objects.update_or_create(
        user=ada, defaults={"digest": "daily", "digest_sent_at": yesterday}
    )
    ada.time_zone = _where_it_is(10)
    ada.save()
    mail_server.refuses = {"ada@example.org"}
    assert mail_digests() == 3 and sent_at(ada) == yesterday
    mail_server.refuses = set()
    clock(minutes=6)
    assert mail_digests() == 1 and sent_at(ada) > yesterday


def _where_it_is(hour):
    """A zone in which it is this hour now."""
    ahead = (hour - timezone.now().astimezone(UTC).hour + 12) % 24 - 12
    return f"Etc/GMT{-ahead:+d}" if ahead else "UTC"


def test_when_nothing_left_it_is_told_once_without_the_servers_words(everybody, mail_server, caplog):
    mail_server.refuses = {user.email for user in everybody}
    with pytest.raises(
        NothingLeft, match="did not leave: 4, the last for SMTPRecipientsRefused 550"
    ) as raised:
        mail_digests()
    assert "example.org" not in str(raised.value) + caplog.text and raised.value.__context__ is None
    assert mail_digests() == 0  # while they rest


def test_a_server_that_is_away_is_not_asked_again_for_everybody(everybody, mail_server, clock):
    mail_server.greeting = b"421 too busy"
    with pytest.raises(NothingLeft, match="did not leave: 2, the last for SMTPConnectError 421"):
        mail_digests()
    mail_server.greeting = b"220 mail.example.org"
    assert mail_digests() == 2  # who was not reached rests, and the others go on
    clock(minutes=6)
    assert mail_digests() == 2
    assert sorted(mail_server.addressees) == sorted(user.email for user in everybody)


def test_people_who_are_not_due_do_not_count(ada, bob, vera, everybody, mailoutbox, monkeypatch):
    monkeypatch.setattr(mailing, "MOST_AT_ONCE", 1)
    for user in (ada, bob):
        wishes = {"digest": "hourly", "digest_sent_at": timezone.now()}
        NotificationWishes.objects.update_or_create(user=user, defaults=wishes)
    assert mail_digests() == 1 and mailoutbox[0].to == [vera.email]
    assert mail_digests() == 1 and len(mailoutbox) == 2


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


def test_wishes_that_are_kept_while_a_letter_leaves_do_not_undo_it(ada, monkeypatch):
    def leaves_first(user_id):
        NotificationWishes.objects.filter(user=ada).update(digest_sent_at=timezone.now())
        return next_inbox_revision(user_id)

    monkeypatch.setattr(wishing, "next_inbox_revision", leaves_first)
    keep_wishes(by=ada, sound=False)
    kept = NotificationWishes.objects.get()
    assert kept.digest_sent_at and not kept.sound


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


def test_the_page_says_whose_clocks_quiet_hours_go_by(client, ada):
    client.force_login(ada)
    assert "the server's time zone" in client.get("/messaging/notifications/wishes/").content.decode()
    ada.time_zone = "Europe/Vienna"
    ada.save(update_fields=["time_zone"])
    page = client.get("/messaging/notifications/wishes/").content.decode()
    assert "By the clocks of Europe/Vienna" in page and "the server's" not in page


def test_the_page_names_every_conversation_one_chose_otherwise_for(client, ada, hangar, engine, direct):
    for conversation, level in ((hangar, "all"), (engine, "nothing"), (direct, "mentions")):
        set_level(by=ada, conversation_id=conversation.pk, level=level)
    client.force_login(ada)
    answer = client.get("/messaging/notifications/wishes/")
    assert answer.status_code == 200
    chosen = {(one["name"], one["level"]) for one in answer.context["chosen"]}
    assert chosen == {("General", "Everything"), ("Engine", "Nothing"), ("Direct conversation", "Mentions")}
