"""Every frame a conversation says, as plain dicts, from one place. See docs/wire.md, and inbox_frames.py.

`said` is a snapshot of queries.snapshots; `revision` is the one that is being told.
"""

import orjson

from accounts.zones import iso
from boards.frames import person

# -- messages ----------------------------------------------------------------------------------------------------


def chat_message(said, revision=None):
    """`chat_message`, or `new_comment` when it was said about a task."""
    comment = {"comment_id": said["id"], "comment": said["message"]} if said["task_id"] else {}
    return {"type": "new_comment" if comment else "chat_message", **_whole(said, revision), **comment}


def message_changed(said, revision=None):
    return {**chat_message(said, revision), "type": "message_changed"}


def message_edited(said, revision=None):
    return {
        "type": "message_edited",
        "message_id": said["id"],
        "message": said["message"],
        "html": said["html"],
        "edited_at": said["edited_at"],
        "revision": revision or said["revision"],
    }


def message_deleted(said, revision=None):
    return {
        "type": "message_deleted",
        "message_id": said["id"],
        "deleted_by": said["deleted_by"],
        "deleted_by_id": said["deleted_by_id"],
        "revision": revision or said["revision"],
    }


def messages_cleared(said, revision=None):
    """Everything before this message is gone; it stands in its own place as a line of its own.

    Where all of it was cleared that is the last place. What was kept for long enough goes in nobody's name.
    """
    by = {"cleared_by": said["display_name"], "cleared_by_id": said["user_id"]}
    return {
        **chat_message(said, revision),
        "type": "messages_cleared",
        "count": said["event"]["count"],
        **by,
    }


def welcome(conversation_id, head, user, read_seq, reads, pins):
    """What a conversation adds to the first frame of its line. `reads` are as told, `pins` are ids."""
    return {
        "conversation": conversation_id,
        "last_seq": head.last_seq,
        "read_seq": read_seq,
        "you": person(user),
        "reads": reads,
        "pins": list(pins),
    }


def reads(places):
    """{user id: read_seq} of everybody, encoded once for all who come at the same moment."""
    return orjson.Fragment(orjson.dumps({str(user_id): seq for user_id, seq in places.items()}))


def ack(message):
    """To the sending socket only, after COMMIT."""
    client_id = str(message.client_id) if message.client_id else None
    return _ack(client_id, message.pk, message.seq, message.revision, iso(message.created_at))


def ack_of(change):
    """The same of a message that is being told just now."""
    said = change.noun
    return _ack(said["client_id"], said["id"], said["seq"], said["revision"], said["timestamp"])


def _ack(client_id, message_id, seq, revision, timestamp):
    numbers = {"message_id": message_id, "seq": seq, "revision": revision}
    return {"type": "ack", "client_id": client_id, **numbers, "timestamp": timestamp}


def ack_reading(client_id, message_id, read_seq):
    """To the asking socket only: whether others are told is the person's choice."""
    return {"type": "ack", "client_id": str(client_id), "message_id": message_id, "read_seq": read_seq}


def ack_change(client_id, message):
    """To whoever asked for a change of this message, also when it was so already; `revision` is of its latest one."""
    named = {"client_id": str(client_id) if client_id else None, "message_id": message.pk}
    return {"type": "ack", **named, "revision": message.revision}


def told_as(event, frame):
    """A frame of what has gone on since, by the name of the event that a webhook is to tell."""
    return {**frame, "type": event}


def _whole(said, revision):
    return {
        "id": said["id"],
        "message_id": said["id"],
        "client_id": said["client_id"],
        "seq": said["seq"],
        "revision": revision or said["revision"],
        "user_id": said["user_id"],
        "username": said["username"],
        "display_name": said["display_name"],
        "avatar": said["avatar"],
        "is_bot": said["is_bot"],
        "message": said["message"],
        "html": said["html"],
        "timestamp": said["timestamp"],
        "mentioned_users": [username for _, username in said["mentioned"]],
        "reply_to": said["reply_to"],
        "attachments": said["attachments"],
        "reactions": said["reactions"],
        "pinned": said["pinned"],
        "previews": said["previews"],
        "forwarded": said["forwarded"],
        "card": said["card"],
        "edited_at": said["edited_at"],
        "deleted_at": said["deleted_at"],
        "kind": said["kind"],
        "event": said["event"],
    }


# -- things that are not kept ------------------------------------------------------------------------------------


def message_marked_read(whisper, user):
    return {
        "type": "message_marked_read",
        "message_id": whisper["message_id"],
        "user_id": user.pk,
        "username": user.username,
        "read_count": whisper["read_count"],
        "total_members": whisper["total_members"],
        "all_read": whisper["read_count"] >= whisper["total_members"],
        "read_seq": whisper["read_seq"],
    }


def user_typing(user, on):
    return {
        "type": "user_typing" if on else "user_stop_typing",
        "user_id": user.pk,
        "username": user.username,
        "display_name": user.name,
    }


def user_join(user):
    return {"type": "user_join", "user_id": user.pk, "username": user.username}


def user_leave(user):
    return {"type": "user_leave", "user_id": user.pk, "username": user.username}


def presence_update(members, active_count):
    return {"type": "presence_update", "members": members, "active_count": active_count}


def present(user, status, last_seen=None):
    """One person of a presence_update; `last_seen` is a datetime."""
    told = {"user_id": user.pk, "display_name": user.name, "status": status}
    return {**told, "last_seen_iso": iso(last_seen)} if last_seen else told
