"""Endpoints that read messages, by page or since a revision, and post them."""

from ninja import Query, Router

from accounts.api import Bearer, refusal, told

from .. import frames
from ..actions import post_message
from ..finding import found, found_of_task
from ..line.streams import ConversationSource
from ..queries.timeline import LARGEST, page_of
from . import shapes
from .asked import NewMessage, Since, Where
from .written import told_of

READ, WRITE = Bearer("messages:read"), Bearer("messages:write")
SOURCE = ConversationSource()
RESET = "That is not a place in this history: load the newest messages and go on from their revision."
router = Router(tags=["Messages"], auth=READ)


@router.get("/conversations/{id:conversation_id}/messages", response=shapes.Page, summary="What was said")
def messages(request, conversation_id: int, where: Query[Where]):
    """The newest page, or the one `before`, `after` or `around` the place (`seq`) of a message."""
    return _page(found(request, conversation_id), where)


@router.get("/cards/{id:task_id}/comments", response=shapes.Page, summary="Comments of a card")
def comments(request, task_id: int, where: Query[Where]):
    """The same of what was said about a card."""
    return _page(found_of_task(request, task_id), where)


@router.post(
    "/conversations/{id:conversation_id}/messages",
    auth=WRITE,
    response={201: shapes.Written},
    summary="Post",
)
def post(request, conversation_id: int, asked: NewMessage):
    """To a room I am in, a direct conversation, or what is said about a card."""
    return _post(request, found(request, conversation_id), asked)


@router.post(
    "/cards/{id:task_id}/comments", auth=WRITE, response={201: shapes.Written}, summary="Comment on a card"
)
def comment(request, task_id: int, asked: NewMessage):
    """The same as posting to the conversation of the card."""
    return _post(request, found_of_task(request, task_id), asked)


@router.get(
    "/conversations/{id:conversation_id}/changes", response=shapes.Changes, summary="What changed since"
)
def changes(request, conversation_id: int, asked: Query[Since]):
    """What was posted, edited, reacted to, pinned or deleted after a revision, as the line tells who comes back.

    409 `reset` when there is no such place in this history (any more).
    """
    conversation = found(request, conversation_id)
    since = asked.since
    if why := _reset(conversation, since, asked.epoch):
        return refusal(409, "reset", RESET, why=why, **_position(conversation.revision, conversation))
    changed = SOURCE.changes(conversation_id, since, LARGEST)
    told_frames = [frame for one in changed for frame in SOURCE.say(one, one.revision, "v2", since)]
    more = len(changed) == LARGEST
    revisions = [one.revision for one in changed[-1:]]
    upto = revisions[0] if more else max(conversation.revision, *revisions, 0)
    return told({"changes": told_frames, "more": more, **_position(upto, conversation)})


def _reset(conversation, since, epoch):
    if epoch is not None and epoch != conversation.epoch:
        return "epoch"
    return "ahead" if since > conversation.revision else None


def _position(revision, conversation):
    return {"revision": revision, "epoch": str(conversation.epoch)}


def _page(conversation, where):
    asked = where.dict(exclude_none=True)
    page = page_of(conversation, **asked)
    return told({"messages": page.messages, **page.edges, **_position(conversation.revision, conversation)})


def _post(request, conversation, asked):
    said = asked.dict()
    message = post_message(
        conversation_id=conversation.pk,
        author=request.user,
        body=said.pop("message"),
        **said,
    )
    return told_of(request, message, frames.chat_message, status=201)
