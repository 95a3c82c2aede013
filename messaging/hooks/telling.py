"""The body of a delivery: the frame that followers of the conversation or board got, and where it happened."""

import orjson
from django.db.models import prefetch_related_objects

from boards import frames as of_boards

from .. import frames, policy
from ..models import OutgoingHook
from ..queries.snapshots import snapshot_of

Event = OutgoingHook.Event


def told_by(delivery):
    """(event, body in bytes) as of now; None if the webhook may not hear of it any more."""
    hook = delivery.hook
    if delivery.task_id:
        told = _of_card(delivery.event, delivery.task)
        where = {"board": hook.board_id}
    elif policy.is_heard_by(hook, room := delivery.message.conversation):
        told = _of_message(delivery.event, delivery.message, hook)
        where = {"board": hook.board_id, "conversation": room.pk, "room": room.name}
    else:
        return None
    return told and (told["type"], orjson.dumps({**told, **where}))


def _of_message(event, message, hook):
    """The frame; None for a system message that was itself cleared, since a later one tells of the clearing."""
    said = snapshot_of(message)
    if message.is_system:
        return frames.messages_cleared(said) if said["event"] else None
    if event == Event.MESSAGE_DELETED:
        return frames.message_deleted(said)
    if event == Event.MESSAGE_EDITED:
        return {**frames.chat_message(said), **frames.message_edited(said)}
    rest = hook.rest_of(message.body) if hook.word else None
    return {**frames.chat_message(said), **({} if rest is None else {"command": hook.word, "text": rest})}


def _of_card(event, task):
    prefetch_related_objects([task], "assignees", "labels")
    card = of_boards.card(task)
    return frames.told_as(event, of_boards.about_card(card, task.revision, is_new=False))
