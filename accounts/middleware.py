"""What every page does for its reader: times are their own, nothing stays behind, refusals are noted.

And who asks is known to whatever is done for them.
"""

import zoneinfo
from functools import partial

from allauth.account.adapter import get_adapter
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.cache import patch_cache_control

from live.violations import note, told_path

from .asking import Asker, asked_by, browser_told

REFUSALS = {403: "forbidden", 404: "not_found", 429: "rate_limited"}


class OwnTimeZone:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        name = request.user.time_zone if request.user.is_authenticated else ""
        with timezone.override(zone(name)):
            return self.get_response(request)


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


class RefusalsAreNoted:
    """One line in the log for each refusal at an address that exists."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if response.status_code in REFUSALS and request.resolver_match:
            note(
                REFUSALS[response.status_code],
                user_id=request.user.pk,
                address=_address(request),
                origin=request.headers.get("Origin"),
                path=told_path(request),
            )
        return response


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


def _address(request):
    try:
        return get_adapter().get_client_ip(request)
    except PermissionDenied:  # a socket of this machine has none
        return None


def zone(name):
    """The zone of that name, or the site's own when there is none."""
    try:
        return zoneinfo.ZoneInfo(name) if name else timezone.get_default_timezone()
    except (zoneinfo.ZoneInfoNotFoundError, ValueError):
        return timezone.get_default_timezone()
