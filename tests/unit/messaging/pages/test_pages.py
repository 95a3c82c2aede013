"""The pages: what they show, to whom, and at what cost."""

import json

import pytest
from django.urls import reverse
from django.utils import timezone

from boards.actions import create_task
from messaging.actions import clear_conversation, create_room, delete_message, mark_read, open_direct
from messaging.models import Membership

from ..conftest import now, say


def page(client, who, url):
    client.force_login(who)
    return client.get(url)


def history(client, who, where, **place):
    client.force_login(who)
    return client.get(reverse("messaging:messages", args=[where.pk]), place)


@pytest.mark.parametrize("rooms", [3, 60])
def test_a_room_page_takes_fourteen_queries(
    client, ada, bob, board, hangar, people, rooms, django_assert_max_num_queries
):
    members = people(rooms * 3)
    Membership.objects.bulk_create(Membership(conversation=hangar, user=user) for user in members)
    for number in range(rooms):
        create_room(by=ada, board_id=board.pk, name=f"Room {number}")
        open_direct(by=ada, people=[bob.pk]) if number == 0 else None
    for number in range(60):
        say(bob, hangar, f"*number* {number} @ada")
    client.force_login(ada)
    with django_assert_max_num_queries(14):
        answer = client.get(hangar.url)
    assert answer.status_code == 200
    assert len(answer.context["messages"]) == 50


def test_a_room_page_hands_over_what_the_browser_needs(client, ada, hangar):
    message = say(ada, hangar, "Hello <b>")
    answer = page(client, ada, hangar.url)
    data = answer.context["data"]
    assert data["socket_url"] == f"/ws/chat-room/{hangar.pk}/"
    assert (data["post_type"], data["post_field"]) == ("chat_message", "message")
    assert data["revision"] == now(hangar).revision
    assert data["last_seq"] == message.seq
    assert data["may"] == {"post": True, "moderate": True, "manage": True}
    assert {one["username"] for one in data["members"]} == {"ada", "bob", "vera", "gus"}
    json.dumps(data)
    assert "no-store" in answer["Cache-Control"]
    assert b"Hello &lt;b&gt;" in answer.content
    assert b"Hello <b>" not in answer.content
    assert b'class="notice"' not in answer.content


def test_a_page_says_how_far_it_knows_the_people_of_its_boards(client, ada, bob, board, hangar):
    for name in ("Robert", "Bob"):
        bob.display_name = name
        bob.save()
        board.refresh_from_db()
        shown = page(client, ada, hangar.url).content.decode()
        assert f'data-board="{board.pk}" data-people="{board.people_revision}"' in shown
        assert f'data-face="{bob.pk}"' in shown and shown.count("data-people=") == 1


def test_a_task_page_is_a_conversation_page(client, ada, engine):
    say(ada, engine, "It stutters.")
    answer = page(client, ada, f"/boards/task/{engine.task_id}/")
    assert answer.context["data"]["socket_url"] == f"/ws/task-comments/{engine.task_id}/"
    assert answer.context["data"]["post_type"] == "comment"
    assert answer.context["messages"][0]["comment"] == "It stutters."


@pytest.mark.usefixtures("board")
@pytest.mark.parametrize("place", ["cockpit", "engine", "direct"])
def test_hidden_and_missing_pages_look_the_same(client, eve, place, request):
    hidden = page(client, eve, request.getfixturevalue(place).url)
    missing = page(client, eve, "/messaging/room/999999/")
    assert hidden.status_code == missing.status_code == 404
    assert hidden.content.replace(b"task/1", b"") == missing.content or len(hidden.content) == len(
        missing.content
    )


def test_the_comments_of_a_task_are_no_room(client, ada, engine):
    assert page(client, ada, f"/messaging/room/{engine.pk}/").status_code == 404


def test_a_guest_of_nothing_is_sent_to_sign_in(client, hangar):
    answer = client.get(hangar.url)
    assert answer.status_code == 302
    assert answer["Location"] == f"/accounts/login/?next={hangar.url}"


def test_history_is_paged_by_place(client, ada, hangar):
    for number in range(120):
        say(ada, hangar, f"number {number}")
    top = now(hangar).last_seq
    newest = history(client, ada, hangar).json()
    assert (newest["first_seq"], newest["last_seq"]) == (top - 49, top)
    assert newest["more_before"] and not newest["more_after"]
    before = history(client, ada, hangar, before=newest["first_seq"]).json()
    assert [one["seq"] for one in before["messages"]] == list(range(top - 99, top - 49))
    after = history(client, ada, hangar, after=top - 60, limit=10).json()
    assert [one["seq"] for one in after["messages"]] == list(range(top - 59, top - 49))
    around = history(client, ada, hangar, around=top - 60, limit=10).json()
    assert top - 60 in [one["seq"] for one in around["messages"]]
    assert around["more_before"] and around["more_after"]
    first = history(client, ada, hangar, before=3).json()
    assert [one["seq"] for one in first["messages"]] == [1, 2]
    assert not first["more_before"]


@pytest.mark.parametrize(
    "place", [{"before": 1}, {"after": 10**18}, {"around": 0}, {"limit": "x"}, {"before": "-1"}]
)
def test_odd_pages_are_answered(client, ada, hangar, place):
    answer = history(client, ada, hangar, **place)
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]


def test_history_shows_tombstones_and_nothing_cleared(client, ada, hangar):
    say(ada, hangar, "secret one")
    clear_conversation(conversation_id=hangar.pk, by=ada)
    gone = say(ada, hangar, "secret two")
    delete_message(conversation_id=hangar.pk, message_id=gone.pk, by=ada)
    answer = history(client, ada, hangar)
    assert b"secret" not in answer.content
    assert [one["kind"] for one in answer.json()["messages"]] == ["system", "said"]
    assert answer.json()["messages"][1]["deleted_at"]


def test_history_is_refused_to_outsiders(client, eve, bob, hangar, cockpit):
    assert history(client, eve, hangar).status_code == 404
    assert history(client, bob, cockpit).status_code == 404


def test_a_form_without_scripts_posts(client, ada, hangar):
    client.force_login(ada)
    answer = client.post(reverse("messaging:messages", args=[hangar.pk]), {"message": "By hand"})
    assert answer.status_code == 302
    assert answer["Location"].startswith(hangar.url)
    assert now(hangar).messages.filter(body="By hand").exists()


def test_a_script_posts_and_gets_the_acknowledgement(client, ada, hangar):
    client.force_login(ada)
    said = {"message": "Hi", "client_id": "0b5b4f0c-8c5c-4a43-a3c7-0f9f2f3c8e11"}
    url = reverse("messaging:messages", args=[hangar.pk])
    first = client.post(url, said, content_type="application/json")
    again = client.post(url, said, content_type="application/json")
    assert first.status_code == 201
    assert first.json() == again.json()
    assert first.json()["type"] == "ack"


@pytest.mark.parametrize(
    "body",
    [
        "[]",
        "{",
        '{"message": 1}',
        '{"message": "a", "client_id": 3}',
        '{"message": "a", "reply_to": "x"}',
        '{"message": "a", "attachments": {}}',
        '{"message": "a", "reply_to": true}',
    ],
)
def test_a_malformed_post_is_told_so(client, ada, hangar, body):
    client.force_login(ada)
    answer = client.post(
        reverse("messaging:messages", args=[hangar.pk]), body, content_type="application/json"
    )
    assert answer.status_code == 400
    assert answer.json()["detail"]


def test_posting_too_fast_is_put_off(client, ada, hangar, settings):
    settings.LIVE = {**settings.LIVE, "posts_per_second": 0.01}  # on a slow machine too
    client.force_login(ada)
    url = reverse("messaging:messages", args=[hangar.pk])
    answers = [client.post(url, {"message": "x"}, headers={"Accept": "application/json"}) for _ in range(30)]
    assert answers[-1].status_code == 429
    assert answers[-1].json()["temporary"] and answers[-1].json()["retry_after"] > 0


def test_the_sidebar_counts_what_is_unread(client, ada, bob, hangar, direct):
    say(bob, hangar, "one @ada")
    say(bob, direct, "two")
    answer = page(client, ada, "/messaging/")
    board = answer.context["boards"][0]
    assert [(room["name"], room["unread"], room["mentions"]) for room in board["rooms"]] == [
        ("General", 1, 1)
    ]
    assert [(one["name"], one["unread"], one["user_id"]) for one in answer.context["directs"]] == [
        ("Bob", 1, bob.pk)
    ]
    assert answer.context["bundles"][0]["newest"]["excerpt"] == "one @ada"


def test_a_guest_finds_their_rooms(client, gus, hangar):
    boards = page(client, gus, "/messaging/").context["boards"]
    assert [(board["name"], [room["name"] for room in board["rooms"]]) for board in boards] == [
        ("Guest in", ["General"])
    ]


def test_a_card_shows_what_is_unread(client, ada, bob, board, engine):
    create_task(by=ada, column_id=board.columns.first().pk, title="Quiet")
    say(bob, engine, "Look!")
    content = page(client, ada, board.url).content.decode()
    assert (
        f'<unread-badge class="badge accent" data-task="{engine.task_id}"><span class="count">1</span>'
        in content
    )


def test_notifications_are_read_by_a_form(client, ada, bob, hangar):
    say(bob, hangar, "@ada look")
    answer = page(client, ada, "/messaging/notifications/")
    assert answer.context["bundles"][0]["newest"]["display_name"] == "Bob"
    assert client.post("/messaging/notifications/", {"all": "1"}).status_code == 302
    assert not ada.notifications.filter(read_at=None).exists()


def test_reading_pages_changes_nothing(client, ada, bob, hangar, engine, direct):
    say(bob, hangar, "@ada")
    revision = now(hangar).revision
    for url in (hangar.url, engine.url, direct.url, "/messaging/", "/messaging/notifications/"):
        assert page(client, ada, url).status_code == 200
    assert now(hangar).revision == revision
    assert ada.notifications.filter(read_at=None).exists()


def test_who_shows_a_sidebar_already_gets_a_page_without_one(client, ada, hangar, cockpit):
    client.force_login(ada)
    whole = client.get(hangar.url)
    without = client.get(hangar.url, headers={"Prizmai-Without": "sidebar"})
    assert "Prizmai-Without" not in whole.headers and without.headers["Prizmai-Without"] == "sidebar"
    assert cockpit.url in whole.text and cockpit.url not in without.text
    assert '<nav class="sidebar"></nav>' in without.text
    for part in ('<header class="header">', '<main class="main"', '<aside class="panel"', 'id="messages"'):
        assert part in whole.text and part in without.text


def test_what_the_last_action_says_waits_for_a_page_that_is_opened(client, ada, board, engine):
    client.force_login(ada)
    client.post(f"/boards/task/{engine.task_id}/edit/", {"title": "", "next": engine.url})
    for address in (engine.url, "/messaging/"):
        assert (
            'role="status" data-level' not in client.get(address, headers={"Prizmai-Without": "notices"}).text
        )
    assert 'role="status" data-level="error"' in client.get(engine.url).text
    assert 'role="status" data-level' not in client.get(engine.url).text


def test_a_page_shows_where_days_and_the_unread_begin(client, ada, bob, hangar):
    for number in range(3):
        say(ada, hangar, f"number {number}")
    hangar.messages.update(created_at=timezone.now())  # on one day
    mark_read(by=bob, conversation_id=hangar.pk, message_id=hangar.messages.get(body="number 0").pk)
    client.force_login(bob)
    page = client.get(hangar.url).text
    shown = page[page.index('<ol role="list">') : page.index("</ol>")]
    assert shown.count('<li class="day">') == shown.count('<li class="unread-line">') == 1
    order = ['<li class="day">', ">number 0<", '<li class="unread-line">', ">number 1<", ">number 2<"]
    assert sorted(order, key=shown.index) == order
