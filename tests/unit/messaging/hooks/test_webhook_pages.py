"""The pages on which bots and webhooks are made, shown once and looked after; and what the guide says of them."""

import re
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from messaging.actions import deliver_due, make_room_hook, set_role
from messaging.actions.hooks.delivering import KEPT, forget_done_deliveries
from messaging.models import Bot, Delivery, IncomingHook, OutgoingHook

from ...security.conftest import a_picture, own_folder  # noqa: F401  fixtures
from ..conftest import say

MESSAGES = ["chat_message", "message_edited", "message_deleted"]
GUIDE = Path(__file__).parents[4] / "docs/webhooks.md"


@pytest.fixture
def browser(client, ada):
    client.force_login(ada)
    return client


def text(answer):
    return answer.content.decode()


def test_a_bot_is_made_with_a_face_changed_and_removed(browser, board):
    path = f"/messaging/board/{board.pk}/bots/"
    browser.post(path, {"name": "Deploy", "picture": a_picture()})
    bot = Bot.objects.get()
    assert bot.user.face and "Deploy" in text(browser.get(path))
    assert browser.get(bot.user.face).status_code == 200
    browser.post(f"/messaging/bot/{bot.pk}/", {"name": "Tower", "next": path})
    bot.user.refresh_from_db()
    assert bot.name == "Tower" and bot.user.face
    browser.post(f"/messaging/bot/{bot.pk}/", {"do": "remove", "next": path})
    assert "Tower" not in text(browser.get(path))


def test_what_is_no_picture_makes_no_bot(browser, board):
    path = f"/messaging/board/{board.pk}/bots/"
    wrong = SimpleUploadedFile("x.png", b"no picture")
    answer = browser.post(path, {"name": "Deploy", "picture": wrong}, follow=True)
    assert "choose a picture" in text(answer) and not Bot.objects.exists()


def test_without_a_bot_the_page_says_who_makes_one(browser, client, ada, bob, hangar):
    path = f"/messaging/room/{hangar.pk}/webhooks/"
    assert "Make one" in text(browser.get(path))
    set_role(by=ada, conversation_id=hangar.pk, user_id=bob.pk, role="moderator")
    client.force_login(bob)
    assert "Ask an owner" in text(client.get(path))


def test_an_address_is_shown_once_and_works(browser, bot, hangar):
    path = f"/messaging/room/{hangar.pk}/webhooks/"
    shown = browser.post(path, {"bot": bot.pk})
    address = re.search(r'value="(http://testserver/hooks/[^"]+)"', text(shown))[1]
    assert shown["Cache-Control"] == "private, no-store"
    assert browser.post(address, "Hello", content_type="text/plain").status_code == 201
    page = text(browser.get(path))
    assert "/hooks/" not in page and "used" in page
    again = browser.post(f"/messaging/incoming/{IncomingHook.objects.get().pk}/", {})
    assert address not in text(again) and "/hooks/" in text(again)
    browser.post(f"/messaging/incoming/{IncomingHook.objects.get().pk}/", {"do": "remove", "next": path})
    assert not IncomingHook.objects.exists()


def test_an_outgoing_one_is_made_looked_at_switched_and_removed(browser, bot, bob, hangar, server):
    asked = {"bot": bot.pk, "url": server.url, "events": MESSAGES, "word": ""}
    shown = browser.post(f"/messaging/room/{hangar.pk}/webhooks/", asked)
    hook = OutgoingHook.objects.get()
    assert hook.secret in text(shown)
    server.status = 500
    say(bob, hangar, "Hello")
    deliver_due()
    page = text(browser.get(hook.page))
    for words in (
        "The answer was 500.",
        "Try now",
        "Nothing was taken since",
        "1 waiting",
        f"message-{hook.pk}",
    ):
        assert words in page or words.startswith("message-")
    assert hook.secret not in page
    server.status = 200
    delivery = Delivery.objects.get()
    browser.post(f"/messaging/delivery/{delivery.pk}/again/")
    deliver_due()
    assert re.search(r"Delivered · 200 · \d+ ms · 2 tries", text(browser.get(hook.page)))
    browser.post(hook.page, {"do": "off"})
    assert "Switched off" in text(browser.get(hook.page))
    browser.post(hook.page, {**asked, "word": "/deploy"})
    browser.post(hook.page, {"do": "on"})
    assert "begin with /deploy" in text(browser.get(f"/messaging/room/{hangar.pk}/webhooks/"))
    assert browser.post(hook.page, {"do": "remove"})["Location"] == hook.list_page
    assert not OutgoingHook.objects.exists()


def test_a_board_tells_of_its_rooms_and_cards(browser, bot, board, server):
    asked = {"bot": bot.pk, "url": server.url, "events": ["chat_message", "card_moved"]}
    browser.post(f"/messaging/board/{board.pk}/webhooks/", asked)
    assert OutgoingHook.objects.get().events == ["chat_message", "card_moved"]
    page = text(browser.get(f"/messaging/board/{board.pk}/bots/"))
    assert "New message, Moved card" in page and server.place in page


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"url": "ci.example.org"}, "such as https"),
        ({"events": []}, "choose what is told"),
        ({"events": ["card_moved"]}, "choose what is told"),
        ({"word": "two words"}, "one word"),
        ({"bot": 1_000_000}, "one of the board"),
    ],
)
def test_what_is_wrong_is_said(browser, bot, hangar, asked, words):
    path = f"/messaging/room/{hangar.pk}/webhooks/"
    right = {"bot": bot.pk, "url": "https://ci.example.org/", "events": MESSAGES}
    answer = browser.post(
        path, {**right, **asked}, headers={"Referer": f"http://testserver{path}"}, follow=True
    )
    assert words in text(answer).replace("&#x27;", "'") and not OutgoingHook.objects.exists()


def test_the_pages_lead_to_them(browser, board, hangar):
    assert f"/messaging/room/{hangar.pk}/webhooks/" in text(browser.get(hangar.url))
    assert f"/messaging/board/{board.pk}/bots/" in text(browser.get(f"/boards/{board.pk}/settings/"))


def test_pages_ask_no_more_the_more_there_is(browser, ada, bot, bob, hangar, django_assert_max_num_queries):
    hook = make_room_hook(
        by=ada, conversation_id=hangar.pk, bot_id=bot.pk, url="https://ci.example.org/", events=MESSAGES
    )
    for n in range(30):
        say(bob, hangar, f"{n}")
    with django_assert_max_num_queries(30):
        browser.get(hook.page)


def test_the_guides_check_of_a_signature_is_right(ada, bot, bob, hangar, server):
    hook = make_room_hook(by=ada, conversation_id=hangar.pk, bot_id=bot.pk, url=server.url, events=MESSAGES)
    say(bob, hangar, "Hello")
    deliver_due()
    ((headers, body),) = server.heard
    guide = {}
    exec(re.search(r"```python\n(.*?)```", GUIDE.read_text(), re.DOTALL)[1], guide)
    assert guide["is_ours"](headers, body, hook.secret)
    assert not guide["is_ours"](headers, body + b" ", hook.secret)
    old = {**headers, "X-PrizmAI-Signature": headers["X-PrizmAI-Signature"].replace("t=", "t=1")}
    assert not guide["is_ours"](old, body, hook.secret)


def test_the_guide_names_every_event():
    assert {event for event in OutgoingHook.Event if f"`{event}`" in GUIDE.read_text()} == set(
        OutgoingHook.Event
    )


def test_what_is_done_is_forgotten_after_a_week(ada, bot, bob, hangar, server):
    make_room_hook(by=ada, conversation_id=hangar.pk, bot_id=bot.pk, url=server.url, events=MESSAGES)
    say(bob, hangar, "Hello")
    deliver_due()
    assert forget_done_deliveries() == 0
    Delivery.objects.update(done_at=timezone.now() - KEPT)
    assert forget_done_deliveries() == 1
