"""What is done about boards and rooms leaves an entry in the audit log; what is said there never does."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from accounts.models import AuditEntry
from boards.actions import change_board_role, create_board, remove_board_member, rename_board
from messaging.actions import (
    accept_invitation,
    add_member,
    archive_room,
    clear_conversation,
    create_room,
    delete_message,
    invite,
    join_room,
    keep_upload,
    leave_room,
    make_board_hook,
    make_bot,
    make_incoming_hook,
    make_room_hook,
    remove_bot,
    remove_incoming_hook,
    remove_member,
    remove_outgoing_hook,
    rename_room,
    restore_room,
    set_privacy,
    set_role,
)

from ..conftest import say

WORDS = "the secret of the hangar"


@pytest.fixture
def told():
    """What was noted since it was last asked, in sentences."""
    seen = 0

    def news():
        nonlocal seen
        entries = list(AuditEntry.objects.filter(pk__gt=seen).order_by("pk"))
        seen = entries[-1].pk if entries else seen
        return [str(entry) for entry in entries]

    return news


def test_the_life_of_a_board(ada, bob, told):
    board = create_board(by=ada, name="Wing")
    assert told() == [
        "Ada (@ada) made the board Wing.",
        "Ada (@ada) made the open room General (Wing).",
    ]
    rename_board(by=ada, board_id=board.pk, name="Tail")
    rename_board(by=ada, board_id=board.pk, name="Tail")
    assert told() == ["Ada (@ada) renamed the board Wing to Tail."]


def test_people_of_a_board(ada, bob, board, told):
    assert "Ada (@ada) added Bob (@bob) to the board Hangar as member." in told()
    change_board_role(by=ada, board_id=board.pk, user_id=bob.pk, role="admin")
    change_board_role(by=ada, board_id=board.pk, user_id=bob.pk, role="admin")
    assert told() == ["Ada (@ada) made Bob (@bob) admin of the board Hangar, before member."]
    remove_board_member(by=bob, board_id=board.pk, user_id=bob.pk)
    assert told() == ["Bob (@bob) left the board Hangar."]


def test_the_life_of_a_room(ada, bob, board, told):
    room = create_room(by=bob, board_id=board.pk, name="Quiet", is_private=True)
    told()
    rename_room(by=bob, conversation_id=room.pk, name="Calm", description="For rest")
    for private in (False, True, True):
        set_privacy(by=bob, conversation_id=room.pk, is_private=private)
    for change in (archive_room, archive_room, restore_room, restore_room):
        change(by=bob, conversation_id=room.pk)
    assert told() == [
        "Bob (@bob) renamed the room Quiet to Calm (Hangar).",
        "Bob (@bob) opened the room Calm (Hangar) to its board.",
        "Bob (@bob) made the room Calm (Hangar) private.",
        "Bob (@bob) archived the room Calm (Hangar).",
        "Bob (@bob) opened the room Calm (Hangar) again.",
    ]


def test_people_of_a_room(ada, bob, eve, gus, board, hangar, told):
    told()
    invite(by=ada, conversation_id=hangar.pk, user_id=eve.pk)
    accept_invitation(by=eve, invitation_id=hangar.invitations.get().pk)
    for _ in range(2):
        set_role(by=ada, conversation_id=hangar.pk, user_id=bob.pk, role="moderator")
    remove_member(by=ada, conversation_id=hangar.pk, user_id=gus.pk)
    leave_room(by=bob, conversation_id=hangar.pk)
    for _ in range(2):
        join_room(by=bob, conversation_id=hangar.pk)
        add_member(by=ada, conversation_id=hangar.pk, user_id=gus.pk)
    assert told() == [
        "Eve (@eve) joined General (Hangar).",
        "Ada (@ada) made Bob (@bob) moderator of General (Hangar).",
        "Ada (@ada) removed Gus (@gus) from General (Hangar).",
        "Bob (@bob) left General (Hangar).",
        "Bob (@bob) joined General (Hangar).",
        "Ada (@ada) added Gus (@gus) to General (Hangar).",
    ]


def test_a_room_that_is_run_on(ada, bob, board, told):
    room = create_room(by=ada, board_id=board.pk, name="Quiet", is_private=True, people=[bob.pk])
    told()
    change_board_role(by=ada, board_id=board.pk, user_id=bob.pk, role="owner")
    remove_board_member(by=ada, board_id=board.pk, user_id=ada.pk)
    assert f"Bob (@bob) became moderator of {room.name} (Hangar), which nobody ran any more." in told()


def test_messages_that_somebody_else_deletes(ada, bob, hangar, engine, told):
    own, others = say(bob, hangar, WORDS), say(bob, hangar, WORDS)
    told()
    delete_message(by=bob, conversation_id=hangar.pk, message_id=own.pk)
    assert told() == []
    for _ in range(2):
        delete_message(by=ada, conversation_id=hangar.pk, message_id=others.pk)
    assert told() == ["Ada (@ada) deleted a message of Bob (@bob) in General (Hangar)."]
    assert AuditEntry.objects.latest("pk").details == {"message": others.pk}
    say(bob, engine, WORDS), say(bob, engine, WORDS)
    clear_conversation(by=ada, conversation_id=engine.pk)
    assert told() == ["Ada (@ada) cleared Engine (Hangar): messages 2, files 0."]
    assert WORDS not in str(list(AuditEntry.objects.values()))


def test_files_that_are_removed(ada, bob, hangar, direct, told, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    for room in (hangar, direct):
        file = keep_upload(conversation_id=room.pk, by=bob, name="plan.txt", chunks=[b"a plan"])
        message = say(bob, room, "", attachments=[file.pk])
        told()
        delete_message(by=bob, conversation_id=room.pk, message_id=message.pk)
        # Nothing of what is between two people, not even that it was.
        assert told() == (
            ["Bob (@bob) removed the file plan.txt in General (Hangar)."] if room == hangar else []
        )


def test_an_entry_knows_its_board_and_its_room(ada, board, hangar):
    archive_room(by=ada, conversation_id=hangar.pk)
    entry = AuditEntry.objects.get(word="room.archived")
    assert (entry.board_id, entry.room_id, entry.place) == (board.pk, hangar.pk, "General (Hangar)")
    assert (entry.kind, entry.noun_id, entry.noun) == ("room", hangar.pk, "General")


def test_what_is_refused_is_not_noted(bob, vera, board, hangar, told):
    told()
    for change in (archive_room, clear_conversation):
        with pytest.raises(PermissionDenied):
            change(by=bob, conversation_id=hangar.pk)
    with pytest.raises((PermissionDenied, ValidationError)):
        rename_board(by=vera, board_id=board.pk, name="Mine")
    assert told() == []


def test_bots_and_webhooks_but_never_their_secrets(ada, board, hangar, told):
    bot = make_bot(by=ada, board_id=board.pk, name="Tug")
    told()
    hook, secret = make_incoming_hook(by=ada, conversation_id=hangar.pk, bot_id=bot.pk)
    goes_to = {"bot_id": bot.pk, "url": "https://ci.example.org/secret", "events": ["chat_message"]}
    of_room = make_room_hook(by=ada, conversation_id=hangar.pk, **goes_to)
    of_board = make_board_hook(by=ada, board_id=board.pk, **goes_to)
    remove_incoming_hook(by=ada, hook_id=hook.pk)
    remove_outgoing_hook(by=ada, hook_id=of_room.pk)
    remove_bot(by=ada, bot_id=bot.pk)
    place = f"{hangar.name} (Hangar)"
    assert told() == [
        f"Ada (@ada) let Tug speak in {place} by an address.",
        f"Ada (@ada) had what happens in {place} told to ci.example.org.",
        "Ada (@ada) had what happens in Hangar told to ci.example.org.",
        f"Ada (@ada) ended the address by which Tug spoke in {place}.",
        f"Ada (@ada) ended what ci.example.org was told of {place}.",
        f"Ada (@ada) removed the bot Tug (@{bot.user.username}) of the board Hangar.",
    ]
    assert of_board.pk
    kept = str(list(AuditEntry.objects.values()))
    assert secret not in kept and "/secret" not in kept
