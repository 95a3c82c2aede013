"""The pictures of previews, for people who may read a message that shows them."""

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from ...models import Conversation, Preview
from ...pictures.small import CONTENT_TYPE
from ..doors import signed_in

DAY = 24 * 3600  # seconds


@signed_in
@require_safe
@cache_control(private=True, max_age=DAY)
def picture(request, key):
    readable = Conversation.objects.visible_to(request.user)
    shown = {"shown__removed_at": None, "shown__message__conversation__in": readable}
    preview = Preview.objects.filter(key=key, width__isnull=False, **shown).first()
    try:
        stored = preview and default_storage.open(preview.path)
    except FileNotFoundError:
        stored = None
    if not stored:
        raise Http404("There is no such picture.")
    response = FileResponse(stored, content_type=CONTENT_TYPE)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response
