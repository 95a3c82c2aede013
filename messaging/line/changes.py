"""A change of a message as it is asked for, over a line or by a request."""

from functools import partial

from live.ids import is_id

from ..actions import delete_message, edit_message, pin, react, remove_preview


def change_in(frame):
    """What makes the change, given `conversation_id` and `by`, and returns the message; None for no change."""
    match frame:
        case {"type": "edit_message", "message_id": id, "message": str(body)} if is_id(id):
            return partial(edit_message, message_id=id, body=body)
        case {"type": "delete_message", "message_id": id} if is_id(id):
            return partial(delete_message, message_id=id)
        case {"type": "react", "message_id": id, "emoji": str(emoji), "on": bool(on)} if is_id(id):
            return partial(react, message_id=id, emoji=emoji, on=on)
        case {"type": "pin", "message_id": id, "on": bool(on)} if is_id(id):
            return partial(pin, message_id=id, on=on)
        case {"type": "remove_preview", "message_id": id, "url": str(url)} if is_id(id):
            return partial(remove_preview, message_id=id, url=url)
