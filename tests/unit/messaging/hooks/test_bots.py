"""Bots speak where their board lets them, and are nobody who could come in, be asked, or be waited for."""

import pytest
from django.contrib.auth import authenticate
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction

from accounts.actions import deactivate, make_password_key, promote
from accounts.models import User
from accounts.pictures import faces
from boards.actions import add_board_member, change_board_role, create_board
from boards.forms import person_named
from messaging import frames, policy
from messaging.actions import (
    add_member,
    archive_room,
    change_bot,
    invite,
    make_bot,
    open_direct,
    remove_bot,
    restore_room,
)
from messaging.actions.hooks import bots
from messaging.models import Bot, Notification
from messaging.queries import receipts
from messaging.queries.snapshots import snapshot_of

from ...security.whole_scene import a_picture
from ..conftest import say


def test_a_bot_speaks_in_the_rooms_of_its_board(bot, hangar, cockpit):
    assert [say(bot.user, room, "Hello").body for room in (hangar, cockpit)] == ["Hello", "Hello"]


def test_a_bot_speaks_in_no_other_room(bot, eve, ada, bob, engine, direct):
    far = create_board(by=eve, name="Far").conversations.get()
    for place in (far, engine, direct):
        with pytest.raises(PermissionDenied):
            say(bot.user, place, "Hello")
        assert not policy.abilities(bot.user, place)


def test_a_bot_can_do_nothing_but_speak(bot, hangar):
    assert policy.abilities(bot.user, hangar) == {policy.POST}


def test_a_bot_is_silent_in_an_archived_room(bot, ada, hangar):
    archive_room(by=ada, conversation_id=hangar.pk)
    with pytest.raises(PermissionDenied):
        say(bot.user, hangar, "Hello")
    restore_room(by=ada, conversation_id=hangar.pk)
    assert say(bot.user, hangar, "Hello").pk


def test_a_bot_mentions_people_who_are_told(bot, bob, hangar):
    say(bot.user, hangar, "Deployed, @bob")
    assert Notification.objects.get(user=bob).kind == "mention"


def test_whoever_answers_it_wakes_nobody(bot, bob, hangar):
    message = say(bot.user, hangar, "Deployed")
    answer = say(bob, hangar, "Thanks", reply_to=message.pk)
    assert not answer.notifications.exists()


def test_what_it_says_is_marked(bot, bob, hangar):
    message = say(bot.user, hangar, "Deployed")
    told = frames.chat_message(snapshot_of(message))
    assert told["is_bot"] and told["display_name"] == "Deploy"
    answer = frames.chat_message(snapshot_of(say(bob, hangar, "Thanks", reply_to=message.pk)))
    assert not answer["is_bot"] and answer["reply_to"]["display_name"] == "Deploy (bot)"


def test_a_bot_is_not_among_those_who_read(bot, bob, hangar):
    before = receipts.reads_of(hangar.pk)
    say(bot.user, hangar, "Deployed")
    assert receipts.reads_of(hangar.pk) == before and bot.user_id not in before
    assert bot.user not in policy.readers(hangar)


def test_nobody_signs_in_as_a_bot(bot, ada, rf):
    assert authenticate(rf.post("/"), username=bot.user.username, password="") is None
    for change in ({"password": "pbkdf2$1"}, {"email": "a@example.org"}, {"is_superuser": True}):
        with pytest.raises(IntegrityError), transaction.atomic():
            User.objects.filter(pk=bot.user_id).update(**change)


@pytest.mark.parametrize("act", [promote, deactivate, make_password_key])
def test_administrators_look_after_people_alone(bot, act):
    with pytest.raises(User.DoesNotExist):
        act(by=None, user_id=bot.user_id)


def test_a_bot_is_invited_nowhere(bot, ada, board, hangar):
    here = {"by": ada, "conversation_id": hangar.pk, "user_id": bot.user_id}
    with pytest.raises(ValidationError):
        add_member(**here)
    invite(**here)
    assert not hangar.invitations.exists()
    with pytest.raises(ValidationError):
        add_board_member(by=ada, board_id=board.pk, user_id=bot.user_id)
    with pytest.raises((ValidationError, PermissionDenied)):
        open_direct(by=ada, people=[bot.user_id])
    assert person_named({"person": bot.user.username}) is None
    assert bot.user not in policy.people_met(ada) and bot.user not in policy.acquaintances(ada)


def test_a_bots_picture_is_seen_where_it_speaks(bot, ada, gus, eve, hangar):
    seen = [policy.seen_by(one).filter(pk=bot.user_id).exists() for one in (ada, gus, eve)]
    assert seen == [True, True, False]


def test_a_bots_picture_is_decoded_before_anybody_waits_for_the_board(bot, ada, bob, board, monkeypatch):
    done = []
    for module, name in ((faces, "keep_face"), (bots, "lock_board")):
        act = getattr(module, name)
        monkeypatch.setattr(module, name, lambda *a, act=act, name=name: done.append(name) or act(*a))
    make_bot(by=ada, board_id=board.pk, name="Tug", picture=a_picture())
    change_bot(by=ada, bot_id=bot.pk, name="Tug", picture=a_picture())
    assert done == ["keep_face", "lock_board"] * 2 and User.objects.get(pk=bot.user_id).avatar
    with pytest.raises(PermissionDenied):
        make_bot(by=bob, board_id=board.pk, name="Tug", picture=a_picture())
    assert done == ["keep_face", "lock_board"] * 2


def test_a_picture_whose_bot_does_not_come_to_be_is_not_kept(ada, board, monkeypatch):
    kept, keep = [], faces.keep_face
    monkeypatch.setattr(faces, "keep_face", lambda file: kept.append(keep(file)) or kept[-1])
    with pytest.raises(ValidationError):
        make_bot(by=ada, board_id=board.pk, name="", picture=a_picture())
    assert kept and not default_storage.exists(faces.path_of(kept[0], 64))


def test_a_bots_card_offers_no_talk(bot, bob, client):
    client.force_login(bob)
    card = client.get(f"/messaging/person/{bot.user_id}/").content.decode()
    assert "A program" in card and ">Message<" not in card


def test_a_bots_card_says_that_it_is_one(bot, ada, client):
    client.force_login(ada)
    address = f"/messaging/person/{bot.user_id}/"
    speaks = "A program, which speaks here by webhooks. It reads nothing but what those pass on to it.</li>"
    assert speaks in client.get(address).text
    remove_bot(by=ada, bot_id=bot.pk)
    assert "A program, which was removed.</li>" in client.get(address).text


def test_a_page_marks_it_too(bot, bob, hangar, client):
    say(bob, hangar, "Is it out?")
    say(bot.user, hangar, "Deployed")
    client.force_login(bob)
    page = client.get(hangar.url).content.decode()
    rows = [row.partition("</li>")[0] for row in page.split('<li class="message" id=')]
    assert ["message-bot" in row for row in rows if "Deployed" in row or "Is it out" in row] == [False, True]


def test_admins_of_the_board_make_bots_and_nobody_else(bot, ada, bob, vera, eve, board):
    for one in (bob, vera, eve):
        for act in (
            lambda who: make_bot(by=who, board_id=board.pk, name="Mine"),
            lambda who: change_bot(by=who, bot_id=bot.pk, name="Mine"),
            lambda who: remove_bot(by=who, bot_id=bot.pk),
        ):
            with pytest.raises(PermissionDenied):
                act(one)
    change_board_role(by=ada, board_id=board.pk, user_id=bob.pk, role="admin")
    assert make_bot(by=bob, board_id=board.pk, name="Mine").name == "Mine"


def test_a_bot_that_is_removed_says_no_more(bot, ada, hangar):
    message = say(bot.user, hangar, "Deployed")
    remove_bot(by=ada, bot_id=bot.pk)
    with pytest.raises(PermissionDenied):
        say(User.objects.get(pk=bot.user_id), hangar, "Again")
    message.refresh_from_db()
    assert message.body == "Deployed" and Bot.objects.get().is_removed


@pytest.mark.parametrize("name", ["", " \u200b ", "x" * 61, "\u0430da"])
def test_a_name_that_misleads_is_refused(ada, board, name):
    with pytest.raises(ValidationError):
        make_bot(by=ada, board_id=board.pk, name=name)
    assert not Bot.objects.exists()
