"""The protocol with the issuer: allauth's OpenID Connect with PKCE and state, and a nonce in addition.

The nonce is derived from the PKCE verifier, which only the browser's session holds: so an ID token that was issued for
another sign-in is refused (OpenID Connect Core 1.0, 3.1.3.7).
"""

import hashlib

from allauth.account.models import EmailAddress
from allauth.account.utils import get_next_redirect_url
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.base.constants import AuthProcess
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.utils.functional import cached_property

from . import discovery

# What allauth raises for a malformed answer.
MALFORMED = (KeyError, TypeError, ValueError, AttributeError, ImproperlyConfigured)


class Conversation(OpenIDConnectOAuth2Adapter):
    """One sign-in: from the redirect to the issuer to its answer about the person."""

    @cached_property
    def openid_config(self):
        told = discovery.look_up(discovery.configuration_url(settings.OIDC.issuer))
        if trouble := discovery.trouble_with(told, settings.OIDC.issuer):
            raise OAuth2Error(trouble)
        return told

    def get_callback_url(self, request, app):
        return request.build_absolute_uri(reverse("accounts:signed_on"))

    def get_access_token_data(self, request, app, client, pkce_code_verifier=None):
        self._nonce = nonce_of(pkce_code_verifier)
        return super().get_access_token_data(request, app, client, pkce_code_verifier)

    def complete_login(self, request, app, token, **kwargs):
        """Who the person is. Only the issuer's id of them is kept. OAuth2Error if the answer cannot be trusted."""
        try:
            login = super().complete_login(request, app, token, **kwargs)
            told = login.account.extra_data
            self._check_identity(told["id_token"], told["userinfo"])
        except MALFORMED as error:
            raise OAuth2Error(f"It lacks something, or has it in another form: {error!r}") from error
        login.account.extra_data = {}
        return login

    def _check_identity(self, identity, person):
        if not constant_time_compare(identity["nonce"], self._nonce):
            raise OAuth2Error("The identity was issued for another sign-in.")
        if identity["sub"] != person["sub"]:
            raise OAuth2Error("The identity and what is said of the person are not of the same one.")


class Issuer(OpenIDConnectProvider):
    pkce_enabled_default = True
    oauth2_adapter_class = Conversation

    def get_redirect_from_request_kwargs(self, request):
        """Where to go afterwards is all that a visitor may choose."""
        return {"process": AuthProcess.LOGIN, "next_url": get_next_redirect_url(request)}

    def get_pkce_params(self):
        params = super().get_pkce_params()
        return params | {"nonce": nonce_of(params["code_verifier"])}

    def extract_common_fields(self, data):
        told = _of_the_person(data)
        return {name: told.get(name) for name in ("email", "preferred_username", "name")}

    def extract_email_addresses(self, data):
        """The e-mail address, verified only if the issuer says so explicitly."""
        told = _of_the_person(data)
        verified = told.get("email_verified") in (True, "true")
        return (
            [EmailAddress(email=told["email"], verified=verified, primary=True)] if told.get("email") else []
        )


def issuer_for(request):
    sign_on = settings.OIDC
    app = SocialApp(
        provider=Issuer.id,
        provider_id=sign_on.issuer,
        name=sign_on.name,
        client_id=sign_on.client_id,
        secret=sign_on.client_secret,
        settings={"server_url": discovery.configuration_url(sign_on.issuer)},
    )
    return Issuer(request, app=app)


def nonce_of(verifier):
    return hashlib.sha256(f"nonce {verifier}".encode()).hexdigest()


def _of_the_person(data):
    """The claims about the person. An address and whether it is verified are taken from the same source."""
    person, identity = data["userinfo"], data["id_token"]
    return person if "email" in person else {**person, **identity}
