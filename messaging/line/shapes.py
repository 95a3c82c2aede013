"""What a frame brings, in the shape that it should have, or Malformed."""

from uuid import UUID

from live.ids import is_id
from live.sockets.errors import Malformed


def text_of(frame, field):
    match frame.get(field):
        case str(text):
            return text
    raise Malformed(f"Send the text as {field}.")


def client_id_of(frame):
    match frame.get("client_id"):
        case None:
            return None
        case str(text):
            try:
                return UUID(text)
            except ValueError:
                pass
    raise Malformed("client_id must be a UUID.")


def id_of(frame, field):
    value = frame.get(field)
    if value is not None and not is_id(value):
        raise Malformed(f"{field} must be an id.")
    return value


def ids_of(frame, field):
    values = frame.get(field) or []
    if not isinstance(values, list) or not all(is_id(value) for value in values):
        raise Malformed(f"{field} must be a list of ids.")
    return tuple(values)
