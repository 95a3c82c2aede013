"""The endpoint that searches messages, files and cards."""

from django.core.exceptions import ValidationError
from ninja import Query, Router

from accounts.api import Bearer, require, told
from boards.models import Task

from ..limits import limit_searches
from ..models import Attachment
from ..search.asking import Unclear
from ..search.finding import search as find
from ..search.nouns import KINDS
from ..search.results import told as shown
from . import shapes
from .asked import What

SCOPES = {"messages": "messages:read", "files": "messages:read", "tasks": "boards:read"}
router = Router(tags=["Search"])


@router.get("/search", auth=Bearer(), response=shapes.Hits, summary="Search")
def search(request, asked: Query[What]):
    """With the operators of docs/search.md, the newest first. Tasks need `boards:read`, the rest `messages:read`."""
    require(request.auth, SCOPES[asked.kind])
    limit_searches(request.user)
    try:
        found = find(request.user, asked.q, noun=KINDS[asked.kind], below=asked.below)
    except Unclear as problem:
        raise ValidationError(str(problem)) from problem
    hits = zip(found.hits, shown(found, request.user), strict=True)
    return told(
        {
            "hits": [_hit(row, as_shown) for row, as_shown in hits],
            "below": found.below,
            "is_cut": found.is_cut,
        }
    )


def _hit(row, shown):
    words = "".join(piece for piece, _ in shown["pieces"])
    common = {key: shown[key] for key in ("id", "place", "url", "timestamp")}
    if isinstance(row, Task):
        title = "".join(piece for piece, _ in shown["title"])
        nowhere = {"conversation_id": None, "seq": None, "user_id": row.created_by_id, "display_name": ""}
        return {"kind": "task", **common, **nowhere, "task_id": row.pk, "title": title, "excerpt": words}
    is_file = isinstance(row, Attachment)
    message = row.message if is_file else row
    return {
        "kind": "file" if is_file else "message",
        **common,
        "conversation_id": message.conversation_id,
        "seq": message.seq,
        "task_id": row.conversation.task_id,
        "title": row.name if is_file else "",
        "excerpt": "" if is_file else words,
        "user_id": shown["user_id"],
        "display_name": shown["display_name"],
    }
