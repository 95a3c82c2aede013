"""Every frame an inbox says, as plain dicts, from one place. See docs/wire.md, "The inbox"."""

from django.conf import settings

from boards.frames import person
from live.code import code_version


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
