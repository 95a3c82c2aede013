"""How allauth signs people in whom the issuer identified."""

import logging

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.providers.base import AuthError
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from .. import actions
from . import discovery, linking
from .provider import issuer_for

log = logging.getLogger("accounts.single_sign_on")

LONGEST = 300  # characters of an issuer's error, in the log
AGAIN = _("Please try again; if it stays like that, tell whoever looks after this workspace.")
CANCELLED = _("You did not sign in with {name}.")
AWAY = _("{name} cannot be reached right now.")
NOT_TRUSTED = _("{name} gave an answer that cannot be trusted, so you are not signed in.")
NOT_BEGUN = _(
    "That sign-in with {name} was begun in another browser, took too long, or was refused. Please try again."
)


class SignOnAdapter(DefaultSocialAccountAdapter):
    def get_provider(self, request, provider, client_id=None):
        """The one issuer that the environment configures."""
        return issuer_for(request)

    def get_requests_session(self):
        return discovery.IssuerSession()

    def populate_user(self, request, sociallogin, data):
        """The names that a new account would get."""
        user = super().populate_user(request, sociallogin, {"email": data.get("email")})
        user.username, user.display_name = data.get("preferred_username") or "", data.get("name") or ""
        return user

    def pre_social_login(self, request, sociallogin):
        """Sign in who is linked; link others, make them an account, or send them back with a message."""
        address = next((one.email for one in sociallogin.email_addresses if one.verified), "")
        next_url = sociallogin.get_redirect_url(request)
        newcomer = {
            "uid": sociallogin.account.uid,
            "address": address,
            "user_name": str(sociallogin.user.username),
            "name": str(sociallogin.user.display_name),
        }
        person = come(request, newcomer, next_url)
        sociallogin.user = sociallogin.account.user = person

    def on_authentication_error(self, request, provider, error=None, exception=None, extra_context=None):
        raise ImmediateHttpResponse(sorry(request, error, exception))


def come(request, newcomer, next_url, *, is_new=False):
    """The person who signs in. ImmediateHttpResponse, back to the sign-in page, for somebody who cannot yet."""
    try:
        return actions.come_by_sign_on(**newcomer, is_new=is_new)
    except actions.PasswordFirst as first:
        linking.begin(request, newcomer, first.may_be_new)
        words = None
    except ValidationError as error:
        words = " ".join(error.messages)
    raise ImmediateHttpResponse(back_to_sign_in(request, words, next_url))


def sorry(request, error=None, exception=None):
    """A redirect to the sign-in page, which tells the visitor what to do. The error itself is logged."""
    log.warning("A sign-in by %s failed: %s", settings.OIDC.name, str(exception or error)[:LONGEST])
    if error == AuthError.CANCELLED:
        words = CANCELLED
    elif isinstance(exception, discovery.Unreachable):
        words = AWAY
    else:
        words = NOT_TRUSTED if exception else NOT_BEGUN
    said = words.format(name=settings.OIDC.name)
    return back_to_sign_in(request, f"{said} {AGAIN}" if words in (AWAY, NOT_TRUSTED) else said)


def back_to_sign_in(request, words, next_url=None):
    if words:
        messages.error(request, words)
    return redirect("/accounts/login/" + (f"?{urlencode({'next': next_url})}" if next_url else ""))
