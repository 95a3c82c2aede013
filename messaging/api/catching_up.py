"""The endpoint of what waits for a person: their unread conversations and notifications."""

from ninja import Router

from accounts.api import Bearer, told

from ..queries import catching_up, notices
from ..queries.places import places_to_show, unread_mentions
from . import shapes

MOST = 60  # places in one answer, as on the page
TOLD = (
    *("notification_id", "kind", "conversation_id", "message_id", "task_id", "invitation_id"),
    *("excerpt", "url", "user_id", "display_name", "timestamp"),
)
router = Router(tags=["Conversations"], auth=Bearer("messages:read"))


@router.get("/waiting", response=shapes.Waiting, summary="What waits for me")
def waiting(request):
    """Where the oldest unread word is first, and what is muted last; and my unread notices, the newest first."""
    user = request.user
    rows = catching_up.waiting(user, places_to_show(user, unread_mentions(user)))
    return told(
        {
            "conversations": [_unread(row) for row in rows[:MOST]],
            "more": max(0, len(rows) - MOST),
            "notices": [_notice(one) for one in notices.told_latest(user.pk)],
        }
    )


def _unread(row):
    first, last, _ = (row.pop(name) for name in ("first_id", "last_id", "when"))
    return {**row, "first_message_id": first, "last_message_id": last}


def _notice(one):
    return {"sentence": notices.sentence(one), **{name: one[name] for name in TOLD}}
