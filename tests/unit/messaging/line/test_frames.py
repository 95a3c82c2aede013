"""The wire is what tests/frames.json shows: every frame has exactly those keys, and every example has its maker."""

import json
from datetime import time, timedelta
from pathlib import Path
from uuid import UUID

import orjson
import pytest
from django.utils import timezone

from boards import actions as on_boards
from boards.stream import BoardStream, people_shown_since
from live.sockets import errors
from live.sockets.packet import Packet
from live.sockets.stream_consumer import StreamConsumer
from live.whispering.passing import HOLDING, VISITING
from messaging import frames, inbox_frames
from messaging.actions import (
    clear_conversation,
    create_room,
    delete_message,
    edit_message,
    forward_message,
    hear_board,
    keep_draft,
    keep_upload,
    mark_notifications_read,
    pin,
    post_message,
    react,
    save_message,
    schedule_message,
)
from messaging.actions.rooms import folding
from messaging.line.streams import ConversationSource
from messaging.models import Message, Notification, NotificationWishes, Preview, ShownPreview
from messaging.queries import appearances, drafts, kept, notices, receipts, wishes
from messaging.queries.places import boards_of, places_of

from ..conftest import now, say

EXAMPLES = json.loads((Path(__file__).parents[3] / "frames.json").read_text())


def shape(value):
    """The keys of a frame, all the way down; lists by their first, people and emoji as keys by any."""
    if isinstance(value, dict):
        if value and all(key.isdecimal() or not key.isascii() for key in value):
            return {"any": shape(next(iter(value.values())))}
        return {key: shape(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [shape(value[0])] if value else []
    return type(value).__name__


def wire(frame):
    """As it comes out at the other end."""
    return json.loads(Packet([frame]).texts[0])


@pytest.fixture
def spoken(ada, bob, gus, board, hangar, engine, direct, settings, tmp_path):
    """One of each frame, by the name of its example, as the product makes it."""
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path},
        },
    }
    return {
        "conversation": dict(of_conversation(ada, bob, hangar, engine)),
        "inbox": dict(of_inbox(ada, bob, gus, hangar)),
        "board": dict(of_board(ada, bob, board)),
    }


def of_conversation(ada, bob, hangar, engine):
    first = say(bob, hangar, "Is the wing on?")
    file = keep_upload(conversation_id=hangar.pk, by=ada, name="wing.txt", chunks=[b"wing"])
    client_id = "0b5b4f0c-8c5c-4a43-a3c7-0f9f2f3c8e11"
    posted = post_message(
        conversation_id=hangar.pk,
        author=ada,
        body="*Yes*, @bob",
        client_id=client_id,
        reply_to=first.pk,
        attachments=[file.pk],
    )
    where = {"conversation_id": hangar.pk, "message_id": posted.pk}
    react(**where, by=bob, emoji="👍")
    yield "chat_message", told(hangar, posted.born - 1)
    edit_message(**where, by=ada, body="*Yes!* @bob")
    yield "message_changed", told(hangar, posted.born)
    yield "message_edited", told(hangar, now(hangar).revision - 1, "plain")
    pin(**where, by=bob)
    yield "pinned", told(hangar, posted.born)
    show_preview(posted)
    yield "previewed", told(hangar, posted.born)
    name = "5d0a6b9e-7f0c-4b52-9a3e-0c2c6a1b7f10"
    copy = forward_message(by=bob, message_id=posted.pk, conversation_id=engine.pk, client_id=UUID(name))
    yield "forwarded", told(engine, copy.born - 1)
    yield "new_comment", told(engine, say(ada, engine, "It stutters.").born - 1)
    yield "ack", frames.ack(posted)
    yield "ack_change", frames.ack_change(client_id, posted)
    yield "ack_reading", frames.ack_reading(client_id, posted.pk, posted.seq - 1)
    delete_message(**where, by=ada)
    yield "message_deleted", told(hangar, posted.born)
    clear_conversation(conversation_id=hangar.pk, by=ada)
    yield "messages_cleared", told(hangar, now(hangar).revision - 1)
    on_boards.edit_task(by=ada, task_id=engine.task_id, title="Left engine")
    yield "system", told(engine, now(engine).revision - 1)
    yield "activity", activity(ada, engine)
    yield from of_lines(ada, bob, hangar)


def activity(ada, engine):
    """A room of the board that is told of a card which was archived."""
    room = create_room(by=ada, board_id=engine.board_id, name="Log")
    hear_board(by=ada, conversation_id=room.pk, hears=True)
    on_boards.archive_task(by=ada, task_id=engine.task_id)
    folding.fold_activity(engine.board_id)
    on_boards.restore_task(by=ada, task_id=engine.task_id)
    return told(room, now(room).revision - 1)


def show_preview(message):
    said = {
        "title": "How wings are made",
        "description": "From aluminium, mostly.",
        "site": "The Hangar Post",
    }
    preview = Preview.objects.create(url="https://example.org/wings", width=640, height=320, **said)
    ShownPreview.objects.create(message=message, preview=preview)
    Message.objects.filter(pk=message.pk).update(has_previews=True)


def told(where, since, dialect="v2"):
    source = ConversationSource()
    change = source.changes(where.pk, since, 10)[-1]
    return source.say(change, change.revision, dialect, since)[0]


def of_lines(ada, bob, hangar):
    source = ConversationSource()
    read = {
        "kind": "read",
        "user_id": bob.pk,
        "message_id": 1,
        "read_seq": 1,
        "read_count": 1,
        "total_members": 2,
    }
    yield "message_marked_read", source.whispered(hangar.pk, read, "v2")[0]
    joined = {"kind": "presence", "came": [bob.pk], "gone": [], "here": [bob.pk], "count": 1}
    yield "user_join", source.whispered(hangar.pk, joined, "v2")[0]
    left = {"kind": "presence", "came": [], "gone": [bob.pk], "here": [], "count": 0}
    yield "user_leave", source.whispered(hangar.pk, left, "v2")[0]
    yield "presence_update", source.whispered(hangar.pk, left, "v2")[1]
    for name, on in (("user_typing", True), ("user_stop_typing", False)):
        yield name, source.whispered(hangar.pk, {"kind": "typing", "user_id": bob.pk, "on": on}, "v2")[0]
    yield "welcome", welcome(ada, hangar)
    yield "error", errors.error_frame(errors.RateLimited(0.2), "0b5b4f0c-8c5c-4a43-a3c7-0f9f2f3c8e11")


def welcome(ada, hangar):
    line = StreamConsumer()
    line.hub = type("Hub", (), {"mode": "live"})
    head = ConversationSource().heads([hangar.pk])[hangar.pk]
    reads = frames.reads(receipts.reads_of(hangar.pk))
    told = line._welcome(head, frames.welcome(hangar.pk, head, ada, 3, reads, [6]))
    return orjson.loads(orjson.dumps(told))


def of_inbox(ada, bob, gus, hangar):
    yield "inbox_welcome", inbox_frames.inbox_welcome(7, "live", ada)
    answered = say(bob, hangar, "Is the wing on?")
    message = say(bob, hangar, "@ada look")
    begun = keep_draft(by=ada, conversation_id=hangar.pk, body="I think that", reply_to=answered.pk)
    begun = drafts.told_of(begun)
    wished = wishes.told(quiet_nights(ada))
    later = timezone.now() + timedelta(hours=1)
    saved = kept.told_saved(save_message(by=ada, message_id=message.pk, remind_at=later))
    waiting = schedule_message(conversation_id=hangar.pk, by=ada, body="Lunch?", send_at=later)
    waiting = kept.told_scheduled(waiting)
    yield "saved_changed", inbox_frames.saved_changed(saved)
    yield "scheduled_changed", inbox_frames.scheduled_changed(waiting)
    yield "inbox", inbox_frames.inbox(places_of(ada), boards_of(ada), 1, [begun], wished, [saved], [waiting])
    yield "my_card_changed", inbox_frames.my_card_changed(1)
    yield "wishes_changed", inbox_frames.wishes_changed(wished)
    yield "draft_changed", inbox_frames.draft_changed(begun)
    yield "conversation_changed", told(hangar, message.born - 1, "inbox")
    (place,) = places_of(ada, [hangar.pk])
    yield "conversation_state", inbox_frames.conversation_state(place)
    yield "conversation_joined", inbox_frames.conversation_joined(place)
    yield "conversation_left", inbox_frames.conversation_left(hangar.pk)
    yield "boards_changed", inbox_frames.boards_changed(inbox_frames.as_told(boards_of(ada)))
    bob.display_name = "Bob the Builder"
    bob.save()
    change = BoardStream().changes(hangar.board_id, 0, 1000)[-1]
    (shown,) = BoardStream().say(change, change.revision, "inbox", change.revision - 1)
    yield "person_changed", shown
    yield "people_since", people_shown_since(hangar.board_id, change.revision - 1, ada, 10)
    gus.display_name = "Gustav"
    gus.save()
    yield "people_met_since", appearances.told_since(ada, 0, 10)
    (notification,) = notices.told(Notification.objects.filter(user=ada))
    yield "notification", inbox_frames.notification(notification, 1)
    yield "notifications_read", inbox_frames.notifications_read(mark_notifications_read(by=ada), 0)
    here = {"kind": "presence", "came": [bob.pk], "gone": []}
    yield "presence_update", BoardStream().whispered(hangar.board_id, here, "inbox")[0]


def quiet_nights(who):
    night = {"quiet_from": time(22), "quiet_until": time(7), "quiet_days": "01234"}
    return NotificationWishes(user=who, **night)


def of_board(ada, bob, board):
    column, other = board.columns.all()[:2]
    label = on_boards.create_label(by=ada, board_id=board.pk, name="Urgent", colour="red")
    task = on_boards.create_task(
        by=ada,
        column_id=column.pk,
        title="Wing",
        due="2026-12-01",
        assignee_ids=[bob.pk],
        label_ids=[label.pk],
    )
    yield "card_created", last_of(board, is_new=True)
    on_boards.move_task(by=ada, task_id=task.pk, column_id=other.pk)
    yield "card_moved", last_of(board)
    on_boards.edit_task(by=ada, task_id=task.pk, title="Left wing")
    yield "card_renamed", last_of(board)
    on_boards.edit_task(by=ada, task_id=task.pk, description="Both sides")
    items = [on_boards.add_item(by=ada, task_id=task.pk, text=text) for text in ("Spar", "Skin", "Paint")]
    yield "card_changed", last_of(board)
    on_boards.edit_item(by=ada, task_id=task.pk, item_id=items[0].pk, is_done=True)
    on_boards.note_comment(task_id=task.pk, count=2)
    yield "card_commented", last_of(board)
    on_boards.archive_task(by=ada, task_id=task.pk)
    yield "card_archived", last_of(board)
    made = on_boards.create_column(by=ada, board_id=board.pk, title="Flying")
    yield "column_created", last_of(board, is_new=True)
    on_boards.edit_column(by=ada, column_id=made.pk, title="In the air", limit=3)
    yield "column_changed", last_of(board)
    on_boards.remove_column(by=ada, column_id=made.pk)
    yield "column_removed", last_of(board)
    on_boards.rename_board(by=ada, board_id=board.pk, name="Big hangar")
    yield "board_renamed", last_of(board)
    on_boards.change_board_role(by=ada, board_id=board.pk, user_id=bob.pk, role="admin")
    yield "people_changed", last_of(board)
    for person in (bob, ada):
        person.display_name += " the Builder"
        person.save()
    overtaken = BoardStream().changes(board.pk, 0, 1000)[-2]
    yield "person_changed", BoardStream().say(overtaken, overtaken.revision, "board", overtaken.born)[0]
    visited, held = (
        {"kind": kind, "place": task.pk, "people": {bob.pk: other.pk}} for kind in (VISITING, HOLDING)
    )
    yield "card_visited", BoardStream().whispered(board.pk, visited, "board")[0]
    yield "card_held", BoardStream().whispered(board.pk, held, "board")[0]


def last_of(board, is_new=False):
    source = BoardStream()
    change = source.changes(board.pk, 0, 1000)[-1]
    return source.say(change, change.revision, "board", change.revision - 1 if is_new else change.born)[0]


def test_every_frame_has_exactly_the_keys_of_its_example(spoken):
    for part, said in spoken.items():
        for name, frame in said.items():
            example = EXAMPLES[part][name]
            assert shape(wire(frame)) == shape(example), f"{part}.{name}"
            assert frame["type"] == example["type"], f"{part}.{name}"


def test_every_example_has_its_maker(spoken):
    made_by_the_line = {"pong", "pong_v2", "synced", "reset", "mode"}
    for part, said in spoken.items():
        assert EXAMPLES[part].keys() - made_by_the_line == said.keys(), part


def test_frames_are_the_same_for_everybody(ada, bob, hangar):
    """Nothing in a durable frame depends on who reads it: it is made once, of the change alone."""
    say(ada, hangar, "@bob")
    source = ConversationSource()
    (change,) = source.changes(hangar.pk, now(hangar).revision - 1, 10)
    assert source.say(change, change.revision, "v2", 0) == source.say(change, change.revision, "v2", 0)
