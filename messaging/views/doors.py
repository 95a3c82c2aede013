"""Decorators of views that answer a page's form by a redirect and a script by JSON, and all refusals alike."""

from functools import wraps

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied, ValidationError
from django.db import DatabaseError
from django.http import Http404, JsonResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from live.rate import limit_rate
from live.sockets.errors import RateLimited

from ..limits import limit_lookups

TOO_OFTEN = _("That was a great many searches at once: wait a moment and try again.")


def signed_in(view):
    """Without a signed-in user, a script gets 401 as JSON and a person the sign-in page."""

    @wraps(view)
    def entered(request, *args, **kwargs):
        if request.user.is_authenticated:
            return view(request, *args, **kwargs)
        if wants_json(request):
            return refusal(_("Please sign in again."), 401)
        return redirect_to_login(request.get_full_path(), "/accounts/login/")

    return entered


def looks_up(view):
    """A view that answers while somebody types, as often as a person can."""

    @signed_in
    @require_safe
    @cache_control(private=True, no_store=True)
    @wraps(view)
    def limited(request, *args, **kwargs):
        try:
            limit_lookups(request.user)
        except RateLimited as error:
            return refusal(TOO_OFTEN, 429, temporary=True, retry_after=error.retry_after)
        return view(request, *args, **kwargs)

    return limited


def form(view):
    """A view that takes a POST, calls one action, and returns the URL of the next page, or a response."""

    @require_POST
    @signed_in
    @wraps(view)
    def posted(request, *args, **kwargs):
        try:
            limit_rate(request.user)
            answer = view(request, *args, **kwargs)
        except ValidationError as error:
            return _sent_back(request, " ".join(error.messages))
        except PermissionDenied as error:
            if wants_json(request):
                return refusal(str(error), 403)
            raise
        except ObjectDoesNotExist as error:
            if wants_json(request):
                return refusal(str(error), 404)
            raise Http404(str(error)) from error
        except RateLimited as error:
            return too_fast(error)
        except DatabaseError:
            return refusal(_("The server cannot save this right now."), 503, temporary=True, retry_after=1.0)
        if isinstance(answer, str):
            return JsonResponse({"url": answer}) if wants_json(request) else redirect(answer)
        return answer

    return posted


def page_with_form(view):
    """A view that shows a page and takes its form, and shows the form again if something is wrong with it."""

    @require_http_methods(["GET", "HEAD", "POST"])
    @signed_in
    @wraps(view)
    def shown(request, *args, **kwargs):
        try:
            if request.method == "POST":
                limit_rate(request.user)
        except RateLimited as error:
            return too_fast(error)
        return view(request, *args, **kwargs)

    return shown


def either(page, posted):
    """A view that calls `posted` for POST, and `page` otherwise: a page and its form at the same URL."""

    @require_http_methods(["GET", "HEAD", "POST"])
    def door(request, *args, **kwargs):
        return (posted if request.method == "POST" else page)(request, *args, **kwargs)

    return door


def wants_json(request):
    asked = request.headers.get("Accept", ""), request.headers.get("Content-Type", "")
    return any(header.startswith("application/json") for header in asked)


def too_fast(error):
    return refusal(_("Too many messages at once."), 429, temporary=True, retry_after=error.retry_after)


def refusal(detail, status, **more):
    return JsonResponse({"detail": detail, **more}, status=status)


def way_back(request, otherwise="/messaging/"):
    """The page a form came from, if it is one of ours."""
    for wanted in (request.POST.get("next"), request.headers.get("Referer")):
        if wanted and url_has_allowed_host_and_scheme(
            wanted, {request.get_host()}, require_https=request.is_secure()
        ):
            return wanted
    return otherwise


def _sent_back(request, words):
    if wants_json(request):
        return refusal(words, 400)
    messages.error(request, words)
    return redirect(way_back(request))
