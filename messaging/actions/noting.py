"""Noting in the audit log what is done about a conversation of a board, and never what is said there."""

from accounts.actions import note


def note_in(conversation, word, *, by, on=None, **details):
    """`on` is the conversation itself, if it is nothing else."""
    name = conversation.task.title if conversation.is_task else conversation.name
    place = f"{name} ({conversation.board.name})"
    on = on or (conversation.kind, conversation.pk, name)
    where = {"board_id": conversation.board_id, "room_id": conversation.pk, "place": place}
    note(word, by=by, on=on, **where, **details)
