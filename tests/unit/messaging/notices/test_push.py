"""Browsers are woken once for what is news, encrypted for them alone, and only where a push service can be."""

import base64
import json
from datetime import time, timedelta

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, utils
from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.models import Session
from accounts.sessions.browser_names import words_for
from boards.actions import assign_task, complete_task, edit_task
from messaging import looking, outside
from messaging.actions import (
    add_browser,
    delete_message,
    mark_notifications_read,
    mark_read,
    remove_member,
    run_due,
    set_level,
)
from messaging.actions.notices import falling_due
from messaging.models import Errand, NotificationWishes, PushSubscription
from messaging.push import guard, keys

from ..conftest import say
from ..push_service import Browser, PushService


@pytest.fixture(autouse=True)
def nobody_looks(monkeypatch):
    """{user id: the conversations they look at}"""
    looked_at = {}
    monkeypatch.setattr(looking, "places_looked_at", lambda ids: looked_at)
    return looked_at


@pytest.fixture
def service(settings):
    settings.PUSH_TO_LOOPBACK = True
    service = PushService()
    yield service
    service.closes()


@pytest.fixture
def wakes(service):
    """`browser = wakes(ada)`: a browser of hers that is signed in and may be woken."""

    def subscribe(who, name="one"):
        session = Session.objects.create(
            session_key=f"{who.username}-{name}",
            user_id=who.pk,
            session_data="",
            expire_date=timezone.now() + timedelta(days=1),
        )
        browser = Browser(service, f"{who.username}/{name}")
        add_browser(by=who, session_key=session.session_key, endpoint=browser.endpoint, **browser.keys)
        return browser

    return subscribe


def time_passes():
    Errand.objects.filter(done_at=None).update(due_at=timezone.now() - timedelta(seconds=1))
    return run_due()


def test_a_mention_wakes_a_browser_which_alone_can_read_it(ada, bob, hangar, service, wakes):
    browser = wakes(ada)
    say(bob, hangar, "@ada look at this")
    assert service.heard == []  # not before there was time to see it
    time_passes()
    ((path, headers, body),) = service.heard
    assert path == "/ada/one" and b"look at this" not in body
    said = browser.reads(body)
    assert said["title"] == "Bob mentioned you in General" and said["body"] == "@ada look at this"
    assert said["tag"] == headers["Topic"] == f"conversation-{hangar.pk}"
    assert said["badge"] == 1 and said["tag"] in said["standing"]
    assert said["url"].startswith(hangar.url)
    assert headers["Urgency"] == "high" and int(headers["Ttl"] if "Ttl" in headers else headers["TTL"]) > 0


def test_the_sender_shows_who_they_are(ada, bob, hangar, service, wakes):
    wakes(ada)
    say(bob, hangar, "@ada")
    time_passes()
    word = service.heard[0][1]["Authorization"]
    token, key = word.removeprefix("vapid t=").split(", k=")
    head, claims, signature = token.split(".")
    assert key == keys.public_key()
    said = json.loads(base64.urlsafe_b64decode(claims + "=="))
    assert said["aud"] == service.address and said["sub"]
    raw = keys.decoded(signature)
    der = utils.encode_dss_signature(int.from_bytes(raw[:32]), int.from_bytes(raw[32:]))
    public = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), keys.decoded(key))
    public.verify(der, f"{head}.{claims}".encode(), ec.ECDSA(hashes.SHA256()))


def test_each_browser_is_woken_once(ada, bob, hangar, service, wakes):
    wakes(ada, "one"), wakes(ada, "two")
    say(bob, hangar, "@ada")
    time_passes()
    Errand.objects.update(done_at=None)  # as after a worker that died before it noted so
    time_passes()
    assert sorted(path for path, *_ in service.heard) == ["/ada/one", "/ada/two"]
    assert ada.notifications.get().pushed_at


def test_what_was_read_wakes_nobody(ada, bob, hangar, service, wakes):
    wakes(ada)
    message = say(bob, hangar, "@ada")
    mark_read(by=ada, conversation_id=hangar.pk, message_id=message.pk)
    time_passes()
    assert service.heard == []


def test_what_was_taken_back_wakes_nobody(ada, bob, hangar, service, wakes):
    wakes(ada)
    message = say(bob, hangar, "@ada")
    delete_message(conversation_id=hangar.pk, message_id=message.pk, by=bob)
    time_passes()
    assert service.heard == []


def test_who_was_put_out_is_not_woken(ada, gus, cockpit, service, wakes):
    wakes(gus)
    set_level(by=gus, conversation_id=cockpit.pk, level="all")
    say(ada, cockpit, "@gus secret"), say(ada, cockpit, "and more")
    remove_member(by=ada, conversation_id=cockpit.pk, user_id=gus.pk)
    time_passes()
    assert service.heard == []


def test_who_looks_at_it_is_not_woken(ada, bob, hangar, engine, service, wakes, nobody_looks):
    wakes(ada)
    nobody_looks[ada.pk] = {hangar.pk}
    say(bob, hangar, "@ada here"), say(bob, engine, "@ada there")
    time_passes()
    (heard,) = service.heard
    assert heard[1]["Topic"] == f"conversation-{engine.pk}"


@pytest.mark.parametrize(
    "wished", [{"push": False}, {"quiet_from": time(0), "quiet_until": time(23, 59, 59, 999999)}]
)
def test_who_wants_peace_is_not_woken(ada, bob, hangar, service, wakes, wished):
    wakes(ada)
    NotificationWishes.objects.create(user=ada, **wished)
    say(bob, hangar, "@ada")
    time_passes()
    assert service.heard == [] and ada.notifications.filter(read_at=None).exists()


def test_everything_is_told_to_who_wants_everything(ada, bob, gus, hangar, service, wakes):
    browser = wakes(ada)
    wakes(gus)
    set_level(by=ada, conversation_id=hangar.pk, level="all")
    say(bob, hangar, "one"), say(bob, hangar, "two")
    assert not ada.notifications.exists()  # never a row for each member and message
    time_passes()
    said = [browser.reads(body) for path, _, body in service.heard if path == "/ada/one"]
    assert {one["tag"] for one in said} == {f"conversation-{hangar.pk}"}
    assert sorted(one["title"] for one in said) == ["Bob in General", "Bob in General"]
    assert not [path for path, *_ in service.heard if path.startswith("/gus")]


def test_one_errand_serves_all_that_is_said_in_a_few_seconds(
    ada, bob, hangar, service, wakes, django_capture_on_commit_callbacks
):
    browser = wakes(ada)
    set_level(by=ada, conversation_id=hangar.pk, level="all")
    for word in ("one", "two", "three"):
        with django_capture_on_commit_callbacks(execute=True):
            say(bob, hangar, word)
    assert Errand.objects.filter(verb="ring").count() == 1
    time_passes()
    ((_, _, body),) = service.heard
    said = browser.reads(body)
    assert said["title"] == "Bob in General (and 2 more)" and said["body"] == "three"


def test_direct_words_wake_at_once_and_again(ada, bob, direct, service, wakes):
    browser = wakes(ada)
    say(bob, direct, "one")
    time_passes()
    say(bob, direct, "two")
    time_passes()
    assert [browser.reads(body)["body"] for *_, body in service.heard] == ["one", "two"]
    assert browser.reads(service.heard[0][2])["title"] == "Bob"


def test_a_task_that_is_given_wakes(ada, bob, engine, service, wakes):
    browser = wakes(bob)
    assign_task(by=ada, task_id=engine.task_id, user_id=bob.pk)
    time_passes()
    assert browser.reads(service.heard[0][2])["title"] == "Ada gave you Engine"


@pytest.mark.parametrize("is_done", [False, True])
def test_a_card_that_is_due_wakes_its_person_unless_it_is_done_by_then(
    ada, bob, engine, service, wakes, monkeypatch, is_done
):
    monkeypatch.setattr(falling_due, "MORNING", 0)
    monkeypatch.setattr(falling_due, "NIGHT", 24)
    browser, due = wakes(bob), timezone.localdate()
    edit_task(by=ada, task_id=engine.task_id, due=due, assignee_ids=[bob.pk])
    mark_notifications_read(by=bob)
    assert falling_due.tell_due() == 1
    if is_done:
        complete_task(by=ada, task_id=engine.task_id)
    time_passes()
    heard = [browser.reads(body)["title"] for _, _, body in service.heard]
    assert heard == ([] if is_done else [f"Engine is due on {due:%A} {due.day} {due:%B}"])


@pytest.mark.parametrize("status", [404, 410])
def test_a_browser_that_is_gone_is_forgotten(ada, bob, hangar, service, wakes, status):
    wakes(ada)
    service.status = status
    say(bob, hangar, "@ada")
    time_passes()
    assert not PushSubscription.objects.exists()


@pytest.mark.parametrize("status", [500, 429, 302])
def test_a_service_in_trouble_is_asked_again_later(ada, bob, hangar, service, wakes, status):
    wakes(ada)
    service.status, service.location = status, f"{service.address}/elsewhere"
    say(bob, hangar, "@ada")
    time_passes()
    row = PushSubscription.objects.get()
    assert len(service.heard) == 1 and row.failures == 1 and row.resting_until > timezone.now()
    service.status = 201
    time_passes()
    assert len(service.heard) == 1  # it rests
    PushSubscription.objects.update(resting_until=None)
    time_passes()
    assert len(service.heard) == 2 and ada.notifications.get().pushed_at
    assert PushSubscription.objects.get().failures == 0


def test_signing_out_ends_the_pushes_of_that_browser(ada, bob, hangar, service, wakes):
    wakes(ada, "one"), wakes(ada, "two")
    say(bob, hangar, "@ada")
    Session.objects.filter(session_key="ada-one").delete()
    time_passes()
    assert [path for path, *_ in service.heard] == ["/ada/two"]
    assert PushSubscription.objects.count() == 1


def test_a_browser_has_the_same_name_here_and_on_the_profile_page():
    agent = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:150.0) Gecko/20100101 Firefox/150.0"
    assert PushSubscription(browser=agent).kind == words_for(agent) == "Firefox on macOS"


def test_a_browser_that_changed_hands_is_of_its_new_person_alone(ada, bob, service, wakes):
    browser = wakes(ada)
    add_browser(by=bob, session_key="bobs", endpoint=browser.endpoint, **browser.keys)
    assert PushSubscription.objects.get().user == bob


@pytest.mark.parametrize(
    "endpoint",
    [
        "http://fcm.googleapis.com/fcm/send/x",
        "https://fcm.googleapis.com:8443/x",
        "https://user@fcm.googleapis.com/x",
        "https://fcm.googleapis.com.evil.example/x",
        "https://evilfcm.googleapis.com.example/x",
        "https://127.0.0.1/x",
        "https://[::1]/x",
        "https://localhost/x",
        "https://169.254.169.254/latest/",
        "http://127.0.0.1:6379/x",
        "ftp://fcm.googleapis.com/x",
        "https://fcm.googleapis.com:x/",
        "https://" + "a" * 1000,
        "",
    ],
)
def test_no_address_but_a_push_services_is_taken(endpoint):
    with pytest.raises(ValidationError):
        guard.check_endpoint(endpoint)


@pytest.mark.parametrize(
    "endpoint",
    [
        "https://fcm.googleapis.com/fcm/send/x",
        "https://updates.push.services.mozilla.com/wpush/v2/x",
        "https://web.push.apple.com/x",
        "https://wns2-am3p.notify.windows.com/w/?token=x",
    ],
)
def test_the_services_of_browsers_are_taken(endpoint):
    guard.check_endpoint(endpoint)


def test_a_service_of_ones_own_may_be_named(settings):
    settings.PUSH_SERVICES = ["push.example.org"]
    guard.check_endpoint("https://push.example.org/x")


@pytest.mark.parametrize(
    "address", ["127.0.0.1", "10.0.0.1", "169.254.169.254", "::1", "fd00::1", "::ffff:10.0.0.1", "0.0.0.0"]
)
def test_a_name_that_leads_inside_is_not_followed(monkeypatch, address):
    found = [(2, 1, 6, "", ("203.0.114.5", 443)), (2, 1, 6, "", (address, 443))]
    monkeypatch.setattr(outside.socket, "getaddrinfo", lambda *args, **how: found)
    with pytest.raises(outside.Forbidden):
        outside.address_of("fcm.googleapis.com", 443, guard.may_go)


@pytest.mark.parametrize("wrong", [{"p256dh": "AAAA"}, {"auth": "AAAA"}, {"p256dh": "no key!"}, {"auth": ""}])
def test_keys_that_are_none_are_refused(ada, settings, service, wrong):
    browser = Browser(service)
    with pytest.raises(ValidationError):
        add_browser(by=ada, session_key="one", endpoint=browser.endpoint, **{**browser.keys, **wrong})
