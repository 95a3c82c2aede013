"""What happens around every page: time zone, language, caching, referrers, logged refusals, second factors first."""

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
from live.sockets.violations import has_key, note, told_path

from .audit.asking import Asker, asked_by, browser_told
from .signing_in import two_factor
from .zones import zone

REFUSALS = {403: "forbidden", 404: "not_found", 429: "rate_limited"}
# Views for people who must still set up a second factor. Views without a name, such as /healthz, are open to them too.
BEFORE_IT = {
    "accounts:two_factor",
    "account_logout",
    "messaging:worker",
    "messaging:manifest",
    "messaging:offline",
}
SET_IT_UP = _("Set up your second factor first.")


class OwnTimeZone:
    """The time zone of the profile, or else the one the browser told in a cookie (static/js/elements/told/zone.js)."""

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
            spoken = translation.get_language()  # the view may have changed it (live.language.speak_to)
        response.headers.setdefault("Content-Language", spoken)
        patch_vary_headers(response, ["Accept-Language"])
        return response


class NothingStaysBehind:
    """Browsers and proxies do not store the pages of people who are signed in, unless a page sets Cache-Control."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if response.status_code >= 500 or response.has_header("Cache-Control"):
            return response  # before request.user is asked for, which needs the database
        if request.user.is_authenticated:
            patch_cache_control(response, private=True, no_store=True)
        return response


class KeysAreNotPassedOn:
    """A page whose address holds a key tells others its origin as referrer, and not its address.

    The origin is needed: without it, Django refuses the page's forms.
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
    """Log it if this status is a refusal. The MCP server also calls this, for refusals inside of its answer."""
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
    """People who must have a second factor, and have none, are sent to the page that sets it up."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        match = request.resolver_match
        if not settings.REQUIRE_TWO_FACTOR or not match.url_name or match.view_name in BEFORE_IT:
            return None
        if not request.user.is_authenticated or not two_factor.is_missing(request.user):
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
