"""What every page does for its reader: times and language are their own, nothing stays behind, refusals are noted, who
asks is known, keys stay where they are, and a second factor that is required comes first.
"""

from functools import partial

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import JsonResponse
from django.shortcuts import redirect
from django.utils import timezone, translation
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.translation import gettext_lazy as _

from live.language import language_for
from live.violations import has_key, note, told_path

from . import two_factor
from .asking import Asker, asked_by, browser_told
from .zones import zone

REFUSALS = {403: "forbidden", 404: "not_found", 429: "rate_limited"}
# What stays open to whoever must set up a second factor first; so does what has no name, such as /healthz.
BEFORE_IT = {
    "accounts:two_factor",
    "account_logout",
    "messaging:worker",
    "messaging:manifest",
    "messaging:offline",
}
SET_IT_UP = _("Set up your second factor first.")


class OwnTimeZone:
    """Of what they chose in their profile, else of what their browser told (static/js/elements/told/zone.js)."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        with timezone.override(zone(_zone_of(request))):
            return self.get_response(request)


class OwnLanguage:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        language = language_for(request.user, request.headers.get("Accept-Language", ""))
        with translation.override(language):
            response = self.get_response(request)
            spoken = translation.get_language()  # another one, of whoever chose it or came in by a token
        response.headers.setdefault("Content-Language", spoken)
        patch_vary_headers(response, ["Accept-Language"])
        return response


class NothingStaysBehind:
    """Pages of somebody signed in are not kept by browsers and proxies, unless they say so themselves."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if response.status_code >= 500 or response.has_header("Cache-Control"):
            return response  # what is nobody's asks nobody's name: the database may be away
        if request.user.is_authenticated:
            patch_cache_control(response, private=True, no_store=True)
        return response


class KeysAreNotPassedOn:
    """What a page at an address with a key asks for next says the origin it comes from, and not that address.

    Without even the origin, forms would be taken for those of a stranger.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if has_key(request):
            response.headers.setdefault("Referrer-Policy", "strict-origin")
        return response


class RefusalsAreNoted:
    """One line in the log for each refusal at an address that exists."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        note_refusal(request, response.status_code)
        return response


def note_refusal(request, status):
    """Also of what is refused inside of an answer."""
    if status in REFUSALS and request.resolver_match:
        note(
            REFUSALS[status],
            user_id=request.user.pk,
            address=_address(request),
            origin=request.headers.get("Origin"),
            path=told_path(request),
        )


class AskersAreKnown:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        with asked_by(partial(_asker, request)):
            return self.get_response(request)


def _asker(request):
    browser = browser_told(request.META.get("HTTP_USER_AGENT", ""))
    person = request.user if request.user.is_authenticated else None
    return Asker(_address(request) or "", browser, person)


class SecondFactorFirst:
    """Whoever must have a second factor and has none comes to the page on which it is set up, and nowhere else."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        match = request.resolver_match
        if not settings.REQUIRE_TWO_FACTOR or not match.url_name or match.view_name in BEFORE_IT:
            return None
        if not request.user.is_authenticated or not two_factor.is_wanting(request.user):
            return None
        if "application/json" in request.headers.get("Accept", ""):
            return JsonResponse({"detail": str(SET_IT_UP)}, status=403)
        return redirect("accounts:two_factor")


def _address(request):
    try:
        return get_adapter().get_client_ip(request)
    except PermissionDenied:  # a socket of this machine has none
        return None


def _zone_of(request):
    return request.user.is_authenticated and (request.user.time_zone or request.COOKIES.get("zone"))
