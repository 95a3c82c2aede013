"""What a role allows holds at every door, however one came by it."""

import json
from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from boards.actions import change_board_role, remove_board_member
from messaging import actions, policy
from messaging.actions import create_room, open_direct
from messaging.actions.notices.mailing import mail_digests
from messaging.frames import chat_message
from messaging.line.streams import ConversationSource, InboxSource
from messaging.models import Conversation
from messaging.queries import notices
from messaging.queries.places import places_of, unread_mentions

from .attacks import asks, browser_of
from .conftest import say


@pytest.fixture
def vera_as_member(scene):
    """Vera may write for a while, opens a room, says something, and is then told to only look on."""
    change_board_role(by=scene.ada, board_id=scene.board.pk, user_id=scene.vera.pk, role="member")
    room = create_room(by=scene.vera, board_id=scene.board.pk, name="Vera's")
    message = say(scene.vera, room, "while I may")
    change_board_role(by=scene.ada, board_id=scene.board.pk, user_id=scene.vera.pk, role="viewer")
    return Conversation.objects.get(pk=room.pk), message


def test_s64_a_viewer_says_nothing_by_any_door(scene, vera_as_member):
    room, message = vera_as_member
    vera, here = scene.vera, {"conversation_id": room.pk, "by": scene.vera}
    doors = [
        lambda: say(vera, room, "Hello"),
        lambda: actions.edit_message(**here, message_id=message.pk, body="Hello"),
        lambda: actions.react(**here, message_id=message.pk, emoji="👍"),
        lambda: actions.keep_upload(**here, name="x", chunks=[b"x"]),
        lambda: actions.rename_room(**here, name="Hello"),
        lambda: actions.archive_room(**here),
        lambda: actions.restore_room(**here),
        lambda: actions.clear_conversation(**here),
        lambda: actions.add_member(**here, user_id=scene.eve.pk),
        lambda: actions.remove_member(**here, user_id=scene.bob.pk),
        lambda: create_room(by=vera, board_id=scene.board.pk, name="Hello"),
    ]
    before = room.messages.count()
    for door in doors:
        with pytest.raises(PermissionDenied):
            door()
    assert room.messages.count() == before
    assert policy.abilities(vera, room) == {"read"}


def test_s64_a_guest_sees_nothing_of_the_board(scene):
    gus = browser_of(scene.gus)
    for path in ("/messaging/", "/boards/", "/messaging/notifications/", scene.hangar.url):
        page = gus.get(path).content.decode()
        for hidden in ("Cockpit", "Engine", f"/boards/{scene.board.pk}/", "the secret"):
            assert hidden not in page, (path, hidden)
    assert {place["conversation_id"] for place in places_of(scene.gus)} == {scene.hangar.pk}
    assert not policy.may_create_room(scene.gus, scene.board)


def test_s64_what_two_people_say_is_hidden_from_those_who_run_the_place(scene):
    """Ada owns the board on which both are; a superuser runs the server."""
    eve = scene.eve
    eve.is_superuser = eve.is_staff = True
    eve.save()
    direct = scene.direct
    for who in (scene.ada, eve):
        assert not policy.abilities(who, direct)
        assert direct.pk not in {place["conversation_id"] for place in places_of(who)}
        assert direct not in Conversation.objects.visible_to(who)
        assert not ConversationSource().allowed(direct.pk, [who.pk])
        for path in ("/messaging/", direct.url, f"/messaging/conversation/{direct.pk}/messages/"):
            assert "the secret of the two" not in asks(who, "GET", path).content.decode()
        with pytest.raises(PermissionDenied):
            actions.mark_read(by=who, conversation_id=direct.pk, message_id=direct.messages.first().pk)


def test_s64_nobody_comes_into_a_direct_conversation_from_outside(scene):
    with pytest.raises(PermissionDenied):
        actions.add_member(by=scene.bob, conversation_id=scene.direct.pk, user_id=scene.ada.pk)
    assert open_direct(by=scene.ada, people=[scene.bob.pk, scene.carl.pk]).pk != scene.direct.pk


def test_s64_who_was_removed_has_nothing_left(scene):
    rex = scene.rex
    assert places_of(rex) == []
    assert not rex.conversation_memberships.exists() and not rex.board_memberships.exists()
    page = asks(rex, "GET", "/messaging/").content.decode()
    for hidden in ("Hangar", "Cockpit", "General", "Engine"):
        assert hidden not in page


def test_s64_who_leaves_the_board_loses_its_rooms_at_once_but_not_their_words(scene):
    message = say(scene.bob, scene.private, "my own words")
    remove_board_member(by=scene.ada, board_id=scene.board.pk, user_id=scene.bob.pk)
    here = {"conversation_id": scene.private.pk, "by": scene.bob, "message_id": message.pk}
    for door in (actions.delete_message, actions.mark_read, actions.mark_unread):
        with pytest.raises(PermissionDenied):
            door(**here)
    message.refresh_from_db()
    assert message.deleted_at is None


# -- messages of other rooms -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("kept", ["reply_to", "attachments"])
def test_s65_a_message_does_not_reach_into_another_room(scene, kept):
    secret = scene.private.messages.filter(body__startswith="the secret").get()
    value = secret.pk if kept == "reply_to" else [scene.file.pk]
    path = f"/messaging/conversation/{scene.hangar.pk}/messages/"
    answer = browser_of(scene.gus).post(
        path, json.dumps({"message": "x", kept: value}), content_type="application/json"
    )
    assert answer.status_code == 400 and "secret" not in answer.content.decode()
    missing = browser_of(scene.gus).post(
        path,
        json.dumps({"message": "x", kept: 10**6 if kept == "reply_to" else [10**6]}),
        content_type="application/json",
    )
    assert (answer.status_code, answer.content) == (missing.status_code, missing.content)


def test_s66_history_holds_the_rows_of_one_room_only(scene):
    for number in range(5):
        say(scene.ada, scene.private, f"hidden {number}")
    path = f"/messaging/conversation/{scene.hangar.pk}/messages/"
    own = {one.pk for one in scene.hangar.messages.all()}
    for query in ("", "?before=1000", "?after=0", "?around=1&limit=200", "?limit=200&conversation=1&room=1"):
        page = asks(scene.gus, "GET", path + query).json()
        assert {one["id"] for one in page["messages"]} <= own
        assert page["last_seq"] <= Conversation.objects.get(pk=scene.hangar.pk).last_seq
        assert "hidden" not in json.dumps(page) and "secret" not in json.dumps(page)


def test_s66_no_count_or_excerpt_of_what_one_may_not_read(scene):
    say(scene.ada, scene.private, "the words @gus @eve @rex")
    for who in (scene.gus, scene.eve, scene.rex, scene.otto):
        for path in ("/messaging/", "/messaging/notifications/", "/boards/", "/accounts/profile/"):
            page = asks(who, "GET", path).content.decode()
            assert "the words" not in page and "secret" not in page
            assert (
                "Cockpit" not in page or who == scene.otto
            )  # who is invited there, and has to know into what


# -- mentions --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["eve", "rex", "otto", "gus", "nobody.at.all"])
def test_s70_who_may_not_read_is_but_a_word(scene, name):
    """Whether there is such a person cannot be seen from the frame: the same as for a name that nobody has."""
    from messaging.queries.snapshots import snapshot_of

    message = say(scene.bob, scene.private, f"*look* @{name} there")
    frame = chat_message(snapshot_of(message))
    assert frame["mentioned_users"] == []
    assert "data-user" not in frame["html"] and f"@{name}" in frame["html"]
    assert not message.notifications.exists()


def test_s70_a_mention_by_edit_reaches_nobody_else_either(scene):
    message = say(scene.bob, scene.private, "look")
    edited = actions.edit_message(
        conversation_id=scene.private.pk, message_id=message.pk, by=scene.bob, body="look @eve @rex @gus @ada"
    )
    assert set(edited.mentions.values_list("user__username", flat=True)) == {"ada"}
    assert set(edited.notifications.values_list("user__username", flat=True)) == {"ada"}


def test_s19_a_thousand_mentions_tell_fifty_at_most(scene):
    message = say(scene.bob, scene.hangar, " ".join(["@ada", *(f"@x{n}" for n in range(990))]))
    assert message.mentions.count() == 1
    again = say(scene.bob, scene.hangar, "@ada " * 1_000)
    assert again.notifications.count() == 1


def test_s70_a_mention_is_no_news_to_who_may_no_longer_read(scene):
    message = say(scene.ada, scene.private, "the plan @bob")
    remove_board_member(by=scene.ada, board_id=scene.board.pk, user_id=scene.bob.pk)
    for path in ("/messaging/notifications/", "/messaging/"):
        page = asks(scene.bob, "GET", path).content.decode()
        assert "the plan" not in page and "Cockpit" not in page
    assert notices.unread_count(scene.bob.pk) == 0 and unread_mentions(scene.bob) == {}
    assert "the plan" not in str([change.noun for change in InboxSource().changes(scene.bob.pk, 0, 1_000)])
    message.notifications.update(created_at=timezone.now() - timedelta(hours=1))
    mail_digests()
    assert not any("the plan" in letter.body for letter in mail.outbox)  # others are due of an older scene


def test_s70_the_badge_is_told_that_the_news_is_gone(scene):
    message = say(scene.ada, scene.private, "the plan @vera")
    before = InboxSource().heads([scene.vera.pk])[scene.vera.pk].revision
    actions.remove_member(by=scene.ada, conversation_id=scene.private.pk, user_id=scene.vera.pk)
    told = [frame for change in InboxSource().changes(scene.vera.pk, before, 100) for frame in change.noun]
    read = next(frame for frame in told if frame["type"] == "notifications_read")
    assert (read["ids"], read["unread_count"]) == ([message.notifications.get().pk], 0)


def test_s71_names_are_completed_from_those_who_are_in_the_room(scene):
    def names(who, where):
        return {one["username"] for one in asks(who, "GET", where.url).context["data"]["members"]}

    assert names(scene.vera, scene.private) == {"ada", "bob", "vera"}
    assert names(scene.gus, scene.hangar) <= {"ada", "bob", "carl", "vera", "gus"}
    assert names(scene.bob, scene.direct) == {"bob", "carl"}
    for who, where in ((scene.vera, scene.private), (scene.gus, scene.hangar)):
        page = asks(who, "GET", where.url).content.decode()
        assert "otto" not in page and "eve@example.org" not in page


def test_s71_no_page_tells_an_address(scene):
    """E-mail addresses are for mail, and nobody else's business."""
    for who in (scene.vera, scene.gus, scene.bob, scene.ada):
        for path in (
            "/messaging/",
            "/boards/",
            scene.board.url,
            f"{scene.board.url}settings/",
            scene.hangar.url,
        ):
            page = asks(who, "GET", path).content.decode()
            assert not {one for one in ("ada", "bob", "gus", "carl") if f"{one}@example.org" in page}, (
                who,
                path,
            )
