"""How django-allauth behaves here: who may sign up, what mails say, how codes are kept."""

import base64
import hashlib
import logging
from smtplib import SMTPException
from types import SimpleNamespace
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context as asked
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.core.internal.ratelimit import get_ip
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet
from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from .actions import PasswordChanged, change_password
from .mail import has_a_way_out
from .signing_in.fresh import is_fresh, require_fresh_sign_in
from .single_sign_on.linking import may_sign_in_by_password

log = logging.getLogger("accounts.letters")

NOT_SENT = _("The mail server did not take the letter. Please try again later.")
SENT = "account/messages/email_confirmation_sent.txt"
NOT_RIGHT = _("That name and password do not belong together. Please try again.")
SECOND_STEP = {"allauth.mfa.stages.AuthenticateStage": "accounts.signing_in.second_step.SecondStep"}


class AccountAdapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": NOT_RIGHT,
        "username_password_mismatch": NOT_RIGHT,
    }

    def is_open_for_signup(self, request):
        """Nobody signs up uninvited."""
        return False

    def send_mail(self, template_prefix, email, context):
        """Links and names in a letter use PUBLIC_URL: the Host header is chosen by whoever sends the request."""
        links = {name: _at_home(url) for name, url in context.items() if name.endswith("_url")}
        home = SimpleNamespace(name=_host(), domain=_host())
        try:
            super().send_mail(template_prefix, email, {**context, **links, "current_site": home})
        except (OSError, SMTPException) as error:
            log.warning("A letter about an account did not leave: %s", type(error).__name__)
            messages.error(asked.request, NOT_SENT)
            raise ImmediateHttpResponse(redirect(asked.request.path)) from error

    def add_message(self, request, level, message_template=None, *args, **kwargs):
        """Do not say that a letter was sent where this server sends none."""
        if message_template != SENT or has_a_way_out():
            super().add_message(request, level, message_template, *args, **kwargs)

    def is_reauthentication_required(self, *, app, **kwargs):
        """Changing addresses needs a fresh sign-in, because a new password is sent to one of them."""
        require_fresh_sign_in(asked.request)
        return not is_fresh(asked.request)

    def format_email_subject(self, subject):
        return f"[{_host()}] {subject}"

    def set_password(self, user, password):
        """Save the password only: an administrator may have changed another field meanwhile."""
        if asked.request.user == user:
            require_fresh_sign_in(asked.request)  # for a first password, after single sign-on
        try:
            change_password(user, password)
        except PasswordChanged:  # the page of a link says that it was used
            raise ImmediateHttpResponse(redirect(asked.request.path)) from None

    def authenticate(self, request, **credentials):
        """Look a name up once: allauth passes an address twice, and the time it takes would tell who has an account."""
        if credentials.get("email") and credentials["email"] == credentials.get("username"):
            del credentials["email"]  # and keep "username", because a user name may be an address too
        person = super().authenticate(request, **credentials)
        return person if person and may_sign_in_by_password(request, person) else None

    def _get_login_attempts_cache_key(self, request, **credentials):
        """Failures count per account and IP address, so that a stranger's guesses do not lock the owner out."""
        return f"{super()._get_login_attempts_cache_key(request, **credentials)}:{get_ip(request)}"

    def get_reauthentication_methods(self, user):
        """Only the password: allauth's page for a code is not used here."""
        by_password = {"id": "reauthenticate", "url": reverse("account_reauthenticate")}
        return [by_password] if user.is_authenticated and user.has_usable_password() else []

    def get_login_stages(self):
        """Replace allauth's second step: it counts tries per process, and needs the libraries for hardware keys."""
        return [SECOND_STEP.get(stage, stage) for stage in super().get_login_stages()]


class SecondFactorAdapter(DefaultMFAAdapter):
    """Second factors are encrypted with SECRET_KEY. Raises InvalidToken when SECRET_KEY is another one."""

    def get_totp_label(self, user):
        return user.username

    def get_totp_issuer(self):
        """The name in an authenticator app: with the host, so that several installations differ."""
        return f"PrizmAI {_host()}"

    def encrypt(self, text):
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text):
        return _cipher().decrypt(encrypted_text.encode()).decode()


def _host():
    return urlsplit(settings.PUBLIC_URL).hostname


def _at_home(url):
    return settings.PUBLIC_URL + urlsplit(url).path


def _cipher():
    key = hashlib.sha256(f"second factor {settings.SECRET_KEY}".encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))
