"""A door is a view that takes a form, calls one action, and answers a page by a redirect and a script by JSON.

Refusals are the same for both: 404 for what does not exist or may not be seen, 403 for what may not be done, and a
sentence for a field that was filled in wrongly.
"""

from functools import wraps

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponseBase, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from live.rate import limit_rate
from live.sockets.errors import RateLimited

from .. import frames
from ..actions.changing import NoSuchThing
from ..models import Board, BoardMembership, ChecklistItem, Column, Task


def door(view):
    """Make a door of a view that returns what its action returned, or where to go on."""

    @require_POST
    @wraps(view)
    def entered(request, *args, **kwargs):
        if not request.user.is_authenticated:
            return _sign_in_first(request)
        try:
            limit_rate(request.user)
            done = view(request, *args, **kwargs)
        except ValidationError as error:
            return _sent_back(request, error)
        except NoSuchThing as error:
            return _not_there(request, error)
        except PermissionDenied as error:
            return _refused(request, error)
        except RateLimited as error:
            return _too_fast(error)
        return _answered(request, done)

    return entered


def unhurried(view):
    """For a page that takes its own form: no faster than the doors."""

    @wraps(view)
    def entered(request, *args, **kwargs):
        try:
            if request.method == "POST":
                limit_rate(request.user)
        except RateLimited as error:
            return _too_fast(error)
        return view(request, *args, **kwargs)

    return entered


def only_people(view):
    """For views that scripts call: 401 as JSON for somebody who is not signed in."""

    @wraps(view)
    def entered(request, *args, **kwargs):
        if not request.user.is_authenticated:
            return _refusal(_("Please sign in again."), 401)
        try:
            return view(request, *args, **kwargs)
        except ValidationError as error:
            return _refusal(" ".join(error.messages), 400)

    return entered


def wants_json(request):
    return request.headers.get("Accept", "").startswith("application/json")


def way_back(request, otherwise):
    """The page a form came from, if it names one of ours."""
    wanted = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if wanted and ours else otherwise


def _answered(request, done):
    if isinstance(done, HttpResponseBase):
        return done
    if not wants_json(request):
        return redirect(way_back(request, _page_of(done, request.user)))
    match done:
        case Task():
            return JsonResponse({"card": frames.about_card(frames.card(done), done.revision, False)})
        case ChecklistItem():
            return JsonResponse({"item_id": done.pk, "revision": done.task.revision})
        case Column():
            return JsonResponse({"column": frames.about_column(frames.column(done), done.revision, False)})
    return JsonResponse({"url": _page_of(done, request.user)})


def _page_of(done, user):
    match done:
        case Board():
            return done.url
        case BoardMembership(pk=None) if done.user_id == user.pk:  # who leaves a board no longer sees it
            return reverse("boards:list")
        case BoardMembership():
            return reverse("boards:settings", args=[done.board_id])
        case ChecklistItem():
            return done.task.url
    return done.board.url


def _sign_in_first(request):
    if wants_json(request):
        return _refusal(_("Please sign in again."), 401)
    return redirect("account_login")


def _sent_back(request, error):
    words = " ".join(error.messages)
    if wants_json(request):
        return _refusal(words, 400)
    messages.error(request, words)
    return redirect(way_back(request, reverse("boards:list")))


def _refused(request, error):
    if wants_json(request):
        return _refusal(str(error), 403)
    raise error


def _not_there(request, error):
    if wants_json(request):
        return _refusal(_("That is no longer on this board."), 404)
    raise Http404(str(error)) from error


def _too_fast(error):
    words = _("That was too much at once: please wait a moment.")
    return _refusal(words, 429, temporary=True, retry_after=error.retry_after)


def _refusal(words, status, **more):
    """A refusal as JSON. `detail` is for static/js/live/elsewhere.js, which sends what waited for a line."""
    return JsonResponse({"error": words, "detail": words, **more}, status=status)
