"""Endpoints that change a message: its text, reactions, pin, previews."""

from ninja import Query, Router

from accounts.api import Bearer

from .. import actions, frames
from ..finding import found
from . import shapes
from .asked import Link, NewWords
from .written import told_of

ONE = "/conversations/{id:conversation_id}/messages/{id:message_id}"
router = Router(tags=["Messages"], auth=Bearer("messages:write"))


@router.patch(ONE, response=shapes.Written, summary="Edit")
def edit(request, conversation_id: int, message_id: int, asked: NewWords):
    """My own words."""
    return _changed(request, actions.edit_message, conversation_id, message_id, body=asked.message)


@router.delete(ONE, response=shapes.Taken, summary="Delete")
def delete(request, conversation_id: int, message_id: int):
    """My own, or anybody's where I moderate. A line stays in its place."""
    message = actions.delete_message(**_here(request, conversation_id, message_id))
    return told_of(request, message, frames.message_deleted)


@router.put(ONE + "/reactions/{emoji}", response=shapes.Written, summary="React")
def react(request, conversation_id: int, message_id: int, emoji: str):
    """With one emoji; more than once is once."""
    return _changed(request, actions.react, conversation_id, message_id, emoji=emoji, on=True)


@router.delete(ONE + "/reactions/{emoji}", response=shapes.Written, summary="Take a reaction back")
def unreact(request, conversation_id: int, message_id: int, emoji: str):
    """My own."""
    return _changed(request, actions.react, conversation_id, message_id, emoji=emoji, on=False)


@router.put(ONE + "/pin", response=shapes.Written, summary="Pin")
def pin(request, conversation_id: int, message_id: int):
    """In sight of everybody who reads there."""
    return _changed(request, actions.pin, conversation_id, message_id, on=True)


@router.delete(ONE + "/pin", response=shapes.Written, summary="Unpin")
def unpin(request, conversation_id: int, message_id: int):
    """Whoever pinned it."""
    return _changed(request, actions.pin, conversation_id, message_id, on=False)


@router.delete(ONE + "/previews", response=shapes.Written, summary="Remove a preview")
def remove_preview(request, conversation_id: int, message_id: int, asked: Query[Link]):
    """Of this link, below my own message, or anybody's where I moderate: for everybody and for good."""
    return _changed(request, actions.remove_preview, conversation_id, message_id, url=asked.url)


def _changed(request, action, conversation_id, message_id, **what):
    message = action(**_here(request, conversation_id, message_id), **what)
    return told_of(request, message, frames.message_changed)


def _here(request, conversation_id, message_id):
    """The arguments of an action; 404 if the person may not read there. The action refuses what they may not do."""
    found(request, conversation_id)
    return {"conversation_id": conversation_id, "message_id": message_id, "by": request.user}
