"""The view that keeps a draft when its page is closing, and it is too late to use the WebSocket."""

from django.http import JsonResponse

from ... import inbox_frames
from ...actions import keep_draft
from ...queries import drafts
from ..asked import ids_in
from ..doors import form


@form
def keep(request, conversation_id):
    """Takes a form with `text` and perhaps `reply_to`; answers with the frame draft_changed."""
    answered = ids_in(request.POST, "reply_to")
    draft = keep_draft(
        conversation_id=conversation_id,
        by=request.user,
        body=request.POST.get("text", "").replace("\r\n", "\n"),
        reply_to=answered[0] if answered else None,
    )
    return JsonResponse(inbox_frames.draft_changed(drafts.told_of(draft)))
