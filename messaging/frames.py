"""Every frame a conversation or an inbox says, as plain dicts, from one place. See docs/wire.md.

`said` is a snapshot of queries.snapshots; `revision` is the one that is being told.
"""

import orjson
from django.conf import settings

from accounts.zones import iso
from boards.frames import person
from live.code import code_version

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


# -- the inbox ---------------------------------------------------------------------------------------------------


def inbox_welcome(revision, mode, user):
    limits = {"message": settings.LIVE["message_limit"], "frame": settings.LIVE["frame_limit"]}
    line = {"protocol": 2, "revision": revision, "heartbeat": settings.LIVE["heartbeat"], "limits": limits}
    return {"type": "welcome", **line, "mode": mode, "you": person(user), "version": code_version()}


def inbox(
    places, boards, notifications_unread, drafts=(), wishes=None, saved=(), scheduled=(), people_revision=0
):
    """Everything that is mine, on every connect; `places`, `drafts` and `wishes` as the modules of that name tell,
    `saved` and `scheduled` as queries.kept does, `people_revision` of the inbox."""
    return {
        "type": "inbox",
        "conversations": places,
        "boards": as_told(boards),
        "people_revision": people_revision,
        "notifications_unread": notifications_unread,
        "drafts": list(drafts),
        "wishes": wishes,
        "saved": list(saved),
        "scheduled": list(scheduled),
    }


def as_told(boards):
    return [
        {
            "board_id": board.pk,
            "name": board.name,
            "url": board.url,
            "people_revision": board.people_revision,
        }
        for board in boards
    ]


def boards_changed(boards):
    """`boards` as_told: another is mine now, one is not any more, or one has another name."""
    return {"type": "boards_changed", "boards": boards}


def conversation_changed(said, revision, what):
    """The same for everybody who has the conversation in their inbox."""
    telling = what in {"posted", "system", "cleared"} and not said["deleted_at"]
    return {
        "type": "conversation_changed",
        "conversation_id": said["conversation_id"],
        "task_id": said["task_id"],
        "revision": revision,
        "last_seq": max(said["last_seq"], said["seq"]),
        "what": what,
        "message_id": said["id"],
        "seq": said["seq"],
        "user_id": said["user_id"],
        "display_name": said["display_name"],
        "excerpt": said["excerpt"] if telling else "",
        "timestamp": said["timestamp"],
        "mentions": [user_id for user_id, _ in said["mentioned"]],
        "event": said["event"],
    }


def conversation_state(place):
    """My own place in a conversation as it is at `revision`; `favourite` is a rank, or empty."""
    keys = ("conversation_id", "name", "last_seq", "read_seq", "unread", "mentions", "revision")
    mine = ("level", "favourite")
    return {"type": "conversation_state", **{key: place[key] for key in (*keys, *mine)}}


def conversation_joined(place):
    return {"type": "conversation_joined", **place}


def conversation_left(conversation_id):
    return {"type": "conversation_left", "conversation_id": conversation_id}


def my_card_changed(task_id):
    """It moved, or is called otherwise, or is gone; or it may have been mine until now."""
    return {"type": "my_card_changed", "task_id": task_id}


def draft_changed(told):
    """`told` is made by queries.drafts; also the answer to whoever kept it."""
    return {"type": "draft_changed", **told}


def notification(told, unread_count):
    """`told` is made by queries.notices."""
    keys = ("notification_id", "kind", "conversation_id", "message_id", "invitation_id", "task_id", "url")
    words = ("user_id", "display_name", "avatar", "place", "excerpt", "timestamp")
    return {
        "type": "notification",
        **{key: told[key] for key in (*keys, *words)},
        "unread_count": unread_count,
    }


def notifications_read(ids, unread_count):
    return {"type": "notifications_read", "ids": ids, "unread_count": unread_count}


def wishes_changed(told):
    """`told` is made by queries.wishes."""
    return {"type": "wishes_changed", **told}


def saved_changed(told):
    """`told` is made by queries.kept."""
    return {"type": "saved_changed", **told}


def scheduled_changed(told):
    return {"type": "scheduled_changed", **told}
