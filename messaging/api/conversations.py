"""Endpoints of the conversations a person may read: rooms, comments of cards, direct ones."""

from ninja import Query, Router

from accounts.api import Bearer, told
from boards import ids  # noqa: F401  registers the converter {id:...}

from .. import policy
from ..actions import mark_read, mark_unread, open_direct
from ..finding import found
from ..queries import places
from ..queries.people import people_of
from . import shapes
from .asked import Others, Reading, Which
from .written import may_read

READ, WRITE = Bearer("messages:read"), Bearer("messages:write")
router = Router(tags=["Conversations"], auth=READ)


@router.get("/conversations", response=shapes.Places, summary="My conversations")
def conversations(request, asked: Query[Which]):
    """Rooms I am in, cards of my boards, direct ones, with how much of each I have not read."""
    mine = [one for one in places.places_of(request.user) if asked.kind in (None, one["kind"])]
    chosen = [one for one in mine if one["unread"] or not asked.unread]
    return told({"conversations": chosen})


@router.get("/conversations/{id:conversation_id}", response=shapes.Conversation, summary="A conversation")
def conversation(request, conversation_id: int):
    """Any that I may read, also an open room that I have not joined."""
    return _told(request, found(request, conversation_id))


@router.get("/conversations/{id:conversation_id}/members", response=shapes.Members, summary="Who is in it")
def members(request, conversation_id: int):
    """The first 200, by name; of a card's comments everybody on the board."""
    keys = ("user_id", "username", "display_name", "avatar", "role")
    people = people_of(found(request, conversation_id))
    return told({"members": [{key: one[key] for key in keys} for one in people]})


@router.post(
    "/conversations/{id:conversation_id}/read", auth=WRITE, response=shapes.Read, summary="Mark as read"
)
def read(request, conversation_id: int, asked: Reading):
    """Up to this message; with `unread`, from it on unread again."""
    found(request, conversation_id)
    act = mark_unread if asked.unread else mark_read
    reading = act(by=request.user, conversation_id=conversation_id, message_id=asked.message_id)
    return told({"read_seq": reading.read_seq})


@router.post("/direct", auth=WRITE, response=shapes.Opened, summary="Talk to people directly")
def direct(request, asked: Others):
    """The one conversation between these people and me, made when there is none yet."""
    opened = open_direct(by=request.user, people=asked.user_ids)
    conversation = found(request, opened.pk)
    return _told(request, conversation) if may_read(request) else told(_standing(conversation))


def _told(request, conversation):
    is_direct = conversation.kind == conversation.Kind.DIRECT
    people = people_of(conversation) if is_direct else ()
    others = [one["display_name"] for one in people if one["user_id"] != request.user.pk]
    return told(
        {
            **_standing(conversation),
            "kind": conversation.kind,
            "name": places.name_for(conversation, others),
            "url": conversation.url,
            "board_id": conversation.board_id,
            "task_id": conversation.task_id,
            "private": conversation.is_private,
            "epoch": str(conversation.epoch),
            "may": sorted(policy.abilities_as_found(conversation)),
        }
    )


def _standing(conversation):
    return {
        "conversation_id": conversation.pk,
        "revision": conversation.revision,
        "last_seq": conversation.last_seq,
        "read_seq": conversation.read_seq,
    }
