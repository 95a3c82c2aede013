"""A person's second factor: the page on which it is set up or changed, and the second step of signing in."""

from allauth.account.internal.decorators import login_stage_required
from allauth.decorators import rate_limit
from allauth.mfa.adapter import get_adapter
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from .. import actions
from ..sessions import browsers
from ..signing_in import qr, two_factor
from ..signing_in.fresh import require_fresh_sign_in
from ..signing_in.second_step import SecondStep
from ..signing_in.two_factor_forms import CodeForm, ProofForm, SetUpForm


def two_factor_page(view):
    """A page about one's own second factor: rate-limited, and not stored by browsers."""
    tried = login_required(rate_limit(action="reauthenticate")(view))
    return sensitive_post_parameters()(never_cache(require_http_methods(["GET", "HEAD", "POST"])(tried)))


@two_factor_page
def own(request):
    if two_factor.is_on(request.user):
        return _when_on(request, ProofForm(user=request.user))
    if request.method == "POST":
        require_fresh_sign_in(request)
    form = SetUpForm(request.POST or None, user=request.user)
    codes = _try(form, lambda: actions.set_up_two_factor(by=request.user, **_shown(form)))
    if codes:
        request.session.cycle_key()
        browsers.sign_out_elsewhere(request.user.pk, request.session.session_key)
        return _codes(request, codes)
    return _set_up(request, form)


@two_factor_page
def renew_codes(request):
    form = ProofForm(request.POST or None, user=request.user)
    codes = _try(form, lambda: actions.renew_recovery_codes(by=request.user))
    return _codes(request, codes) if codes else _when_on(request, form)


@two_factor_page
def switch_off(request):
    form = ProofForm(request.POST or None, user=request.user)
    if _try(form, lambda: actions.switch_two_factor_off(by=request.user) or True):
        messages.success(request, _("Your second factor is switched off."))
        return redirect("accounts:profile")
    return _when_on(request, form)


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@rate_limit(action="second_step")
@login_stage_required(stage=SecondStep.key, redirect_urlname="account_login")
def second_step(request):
    stage = request._login_stage
    if not stage.still_stands():
        return stage.abort()
    form = CodeForm(request.POST or None, user=stage.login.user)
    return stage.exit() if form.is_valid() else render(request, "accounts/second_step.html", {"form": form})


def _shown(form):
    return {"secret": form.secret, "code": form.cleaned_data["code"]}


def _try(form, act):
    """Return what the action returns; or None, and the form says why."""
    if form.is_valid():
        try:
            return act()
        except ValidationError as error:
            form.add_error(None, error)


def _when_on(request, form):
    if not two_factor.is_on(request.user):
        return redirect("accounts:two_factor")
    context = {
        "form": form,
        "codes_left": two_factor.recovery_codes_left(request.user),
        "is_required": two_factor.is_required_of(request.user),
    }
    return render(request, "accounts/two_factor.html", context)


def _set_up(request, form):
    link = get_adapter().build_totp_url(request.user, form.secret)
    secret = " ".join(form.secret[start : start + 4] for start in range(0, len(form.secret), 4))
    context = {"form": form, "link": link, "picture": qr.as_svg(link), "secret": secret}
    if two_factor.is_missing(request.user):
        context |= {
            "user": AnonymousUser(),
            "is_wanting": True,
        }  # so that the page shows no navigation, which leads nowhere yet
    return render(request, "accounts/two_factor_set_up.html", context)


def _codes(request, codes):
    """The recovery codes, which are only shown in the answer to the form."""
    return render(request, "accounts/recovery_codes.html", {"codes": codes})
