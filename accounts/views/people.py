"""Everybody who has an account, for administrators, and what can be done with each account."""

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Q, Value
from django.db.models.functions import Coalesce, Lower, NullIf
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from .. import actions
from ..models import InviteLink, User
from ..signing_in import qr, two_factor
from .doors import back, change, for_administrators

LISTED = 50  # people of a page
BY_NAME = Lower(Coalesce(NullIf("display_name", Value("")), "username"))


@require_safe
@for_administrators
def people(request):
    wanted = request.GET.get("q", "").strip()[:80]
    found = User.objects.filter(is_bot=False).order_by("-is_active", BY_NAME, "pk")
    if wanted:
        by = ("display_name__icontains", "username__icontains", "email__icontains")
        found = found.filter(Q(*[(one, wanted) for one in by], _connector=Q.OR))
    page = Paginator(found, LISTED).get_page(request.GET.get("page"))
    return render(request, "accounts/people.html", {"page": page, "wanted": wanted})


@require_safe
@for_administrators
def person(request, user_id):
    found = User.objects.get(pk=user_id, is_bot=False)
    context = {
        "person": found,
        "has_two_factor": two_factor.is_on(found),
        "is_only_administrator": actions.is_only_administrator(found),
        "links_stand": InviteLink.objects.standing().exclude(made_by=user_id).exists(),
    }
    return render(request, "accounts/person.html", context)


@change
def deactivate(request, user_id):
    bans = request.POST.get("ban") == "1"
    found = actions.deactivate(by=request.user, user_id=user_id, bans=bans)
    words = gettext("%(name)s is deactivated, and signed out everywhere.") % {"name": found.name}
    return f"{words} {gettext('Nobody makes an account with their address.')}" if found.is_banned else words


@change
def let_in(request, user_id):
    found = actions.let_in_again(by=request.user, user_id=user_id)
    return gettext("%(name)s may sign in again.") % {"name": found.name}


@change
def promote(request, user_id):
    found = actions.promote(by=request.user, user_id=user_id)
    return gettext("%(name)s is an administrator now.") % {"name": found.name}


@change
def demote(request, user_id):
    found = actions.demote(by=request.user, user_id=user_id)
    return gettext("%(name)s is no administrator any more.") % {"name": found.name}


@change
def take_two_factor_away(request, user_id):
    found = actions.take_two_factor_away(by=request.user, user_id=user_id)
    words = gettext("The second factor of %(name)s is taken away, and they are signed out everywhere.")
    return words % {"name": found.name}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@for_administrators
def new_password(request, user_id):
    """Make a link for a new password, and show it once; a reload leads to the person's page."""
    if request.method != "POST":
        return back(request, user_id)
    try:
        found, key = actions.make_password_key(by=request.user, user_id=user_id)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return back(request, user_id)
    link = get_adapter().get_reset_password_from_key_url(key)
    return render(
        request, "accounts/new_password.html", {"person": found, "link": link, "picture": qr.as_svg(link)}
    )
