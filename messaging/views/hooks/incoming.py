"""The view of incoming webhooks: whoever has the secret, in the URL or a header, can post in the room."""

from math import ceil

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError
from django.http import JsonResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from live.sockets.errors import RateLimited

from ... import frames
from ...actions import BotRemoved, RoomArchived, say_by_hook
from ...hooks.words import HOW, words_in
from ...limits import limit_rate_of_hook
from ...models import IncomingHook
from ..doors import refusal

LARGEST = 64 * 1024  # bytes of a body
NOWHERE = _("There is no such webhook: it was removed, or its secret is another one now.")


# Exempt, because it uses no cookie: only the secret counts, as for messaging:unsubscribe the one in the letter.
@csrf_exempt
@require_POST
def post(request, token=""):
    """Answers with the acknowledgement of the bot's message, or a refusal that says what to do."""
    found = IncomingHook.objects.of(token or _bearer(request)).select_related("room", "bot__user")
    hook = found.first()
    if hook is None:
        return refusal(NOWHERE, 404)
    try:
        return _say(request, hook)
    except ValidationError as error:
        return refusal(" ".join(error.messages), 400)
    except BotRemoved as error:
        return refusal(str(error), 410)
    except RoomArchived as error:
        return refusal(str(error), 409)
    except PermissionDenied as error:
        return refusal(str(error), 403)
    except RateLimited as error:
        return _later(_("Too many messages at once."), 429, ceil(error.retry_after))
    except DatabaseError:
        return _later(_("The server cannot save this right now."), 503, 1)


def _say(request, hook):
    limit_rate_of_hook(hook.pk)
    body = request.read(LARGEST + 1)
    if len(body) > LARGEST:
        return refusal(_("Please send at most %(most)d KiB.") % {"most": LARGEST // 1024}, 413)
    if request.content_type == "multipart/form-data":
        raise ValidationError([_("Forms with files are not read here."), HOW])
    words = words_in(body, request.content_type, request.headers.get("Idempotency-Key", ""))
    message = say_by_hook(hook, text=words.text, client_id=words.client_id, retry_key=words.retry_key)
    return JsonResponse(frames.ack(message), status=201)


def _bearer(request):
    scheme, secret = request.headers.get("Authorization", "").partition(" ")[::2]
    return secret.strip() if scheme.lower() == "bearer" else ""


def _later(detail, status, seconds):
    answer = refusal(detail, status, temporary=True, retry_after=seconds)
    answer["Retry-After"] = str(seconds)
    return answer
