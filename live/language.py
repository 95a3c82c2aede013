"""In which language somebody is spoken to: the one they chose, else the first that their browser asks for."""

from django.conf import settings
from django.utils import translation
from django.utils.translation import get_supported_language_variant
from django.utils.translation.trans_real import parse_accept_lang_header


def language_for(user, accepted=""):
    """A code of settings.LANGUAGES; `accepted` is what the browser's Accept-Language says."""
    chosen = getattr(user, "language", "")
    return chosen if chosen in dict(settings.LANGUAGES) else _first_of(accepted)


def speak_to(user, request):
    """What is answered to this request from here on; OwnLanguage ends it with the request."""
    translation.activate(language_for(user, request.headers.get("Accept-Language", "")))


def for_everybody():
    """A context in which is said what all read alike, whoever caused it."""
    return translation.override(settings.LANGUAGE_CODE)


def accepted_by(scope):
    """What the browser that opens a line accepts."""
    return dict(scope["headers"]).get(b"accept-language", b"").decode("latin-1")


def _first_of(accepted):
    for code, _ in parse_accept_lang_header(accepted.lower()):
        try:
            return get_supported_language_variant(code)
        except LookupError:
            continue
    return settings.LANGUAGE_CODE
