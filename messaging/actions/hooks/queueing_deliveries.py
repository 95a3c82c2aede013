"""Deliveries are queued for outgoing webhooks: each a row, written in the transaction of the change it tells of."""

from django.db.models import Q

from ... import policy
from ...models import Conversation, Delivery, Message, OutgoingHook

Event, Why = OutgoingHook.Event, Message.Why
EVENTS = {
    Why.POSTED: Event.CHAT_MESSAGE,
    Why.EDITED: Event.MESSAGE_EDITED,
    Why.DELETED: Event.MESSAGE_DELETED,
}


def queue_deliveries(told):
    """Of changes of messages, each a (conversation, snapshot)."""
    heard = [(one, said, event) for one, said in told if (event := _event_of(one, said))]
    hooks = _listening({one for one, *_ in heard}) if heard else []
    Delivery.objects.bulk_create(
        Delivery(hook=hook, event=event, message_id=said["id"])
        for one, said, event in heard
        for hook in hooks
        if policy.is_heard_by(hook, one) and hook.hears(event, said["message"])
    )


def queue_card_deliveries(event, task):
    hooks = OutgoingHook.objects.filter(is_on=True, room=None, board=task.board_id)
    Delivery.objects.bulk_create(
        Delivery(hook=hook, event=event, task=task) for hook in hooks if hook.hears(event)
    )


def _event_of(conversation, said):
    """None for what nobody outside is told: what a program said, so that two of them never talk for ever, among it."""
    if not conversation.is_heard or conversation.kind != Conversation.Kind.ROOM or said["is_bot"]:
        return None
    if said["kind"] == Message.Kind.SYSTEM:
        return Event.MESSAGE_DELETED if said["event"]["what"] == "cleared" else None
    return EVENTS.get(said["why"])


def _listening(rooms):
    """The hooks of these rooms, and those of their boards where they are open."""
    boards = {room.board_id for room in rooms if not room.is_private}
    return OutgoingHook.objects.filter(Q(room__in=rooms) | Q(room=None, board__in=boards), is_on=True)
