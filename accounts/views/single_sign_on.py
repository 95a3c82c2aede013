"""Single sign-on: to the issuer, back from it, and in without it by a link of the host."""

from allauth.account.internal.flows.login import perform_login
from allauth.account.models import Login
from allauth.account.utils import get_next_redirect_url
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.decorators import rate_limit
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from .. import actions
from ..signing_in import back_in
from ..single_sign_on import discovery, linking
from ..single_sign_on.adapter import come, sorry
from ..single_sign_on.provider import Conversation, issuer_for

TROUBLE = (discovery.Unreachable, OAuth2Error)


def if_configured(view):
    def asked(request, *args, **kwargs):
        if not settings.OIDC:
            raise Http404(_("There is no single sign-on here."))
        return view(request, *args, **kwargs)

    return asked


@never_cache
@require_POST
@if_configured
@rate_limit(action="single_sign_on")
def sign_on(request):
    """A page that leads on to the issuer: our Content-Security-Policy (form-action) lets no form redirect there."""
    if request.user.is_authenticated:
        return redirect(settings.LOGIN_REDIRECT_URL)
    try:
        there = issuer_for(request).redirect_from_request(request)
    except TROUBLE as error:
        return sorry(request, exception=error)
    return render(request, "accounts/sign_on.html", {"there": there.url, "name": settings.OIDC.name})


@never_cache
@require_safe
@if_configured
def signed_on(request):
    try:
        return OAuth2CallbackView.adapter_view(Conversation(request, settings.OIDC.issuer))(request)
    except TROUBLE as error:  # allauth reads the issuer's configuration before it catches errors itself
        return sorry(request, exception=error)


@never_cache
@require_POST
@if_configured
@rate_limit(action="single_sign_on")
def come_anew(request):
    """Make an account for a visitor from the issuer who says that the one with their address is not theirs."""
    waiting = linking.pending(request)
    if request.user.is_authenticated or not (waiting and waiting["may_be_new"]):
        return sorry(request)
    linking.end(request)
    next_url = get_next_redirect_url(request)
    try:
        person = come(request, waiting["newcomer"], next_url, is_new=True)
    except ImmediateHttpResponse as answer:
        return answer.response
    return perform_login(request, Login(user=person, redirect_url=next_url))


@login_required
@require_POST
def unlink(request):
    try:
        actions.unlink_from_sign_on(by=request.user)
        messages.success(
            request,
            gettext("Your account is not linked with %(name)s any more.") % {"name": settings.OIDC.name},
        )
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("accounts:profile")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def back_in_by(request, token):
    """Sign in by a link of the host. A second factor is still asked for."""
    person = back_in.person_of(token)
    if person is None or (request.method == "POST" and not back_in.use_up(person)):
        raise Http404
    if request.method == "POST":
        return perform_login(request, Login(user=person))
    return render(request, "accounts/back_in.html", {"person": person})
