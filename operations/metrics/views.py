"""The door to the numbers: for this machine, and for who knows the token."""

import secrets
from ipaddress import ip_address

from django.conf import settings
from django.http import Http404, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from live.hints import PROCESS_ID

from .families import families
from .text import CONTENT_TYPE, written

PASSED_ON = ("HTTP_X_FORWARDED_FOR", "HTTP_FORWARDED", "HTTP_X_REAL_IP", "HTTP_VIA")


@require_safe
@never_cache
def metrics(request):
    if not (_knows_the_token(request) or _is_of_this_machine(request)):
        raise Http404
    return HttpResponse(written(families(), process=PROCESS_ID), content_type=CONTENT_TYPE)


def _knows_the_token(request):
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    known = settings.METRICS_TOKEN.encode()
    return bool(known) and scheme == "Bearer" and secrets.compare_digest(token.strip().encode(), known)


def _is_of_this_machine(request):
    """Not what a proxy on this machine passes on: behind it may be anybody."""
    if any(request.META.get(header) for header in PASSED_ON):
        return False
    try:
        address = ip_address(request.META.get("REMOTE_ADDR") or "")
    except ValueError:
        return False
    return (getattr(address, "ipv4_mapped", None) or address).is_loopback
