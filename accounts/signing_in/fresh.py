"""Whether somebody signed in just now: some changes must not be open to anybody who finds an unlocked browser."""

import time

from allauth.account.internal.flows.login import get_authentication_records
from allauth.core.exceptions import ImmediateHttpResponse
from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

GOOD_FOR = 5 * 60  # seconds after signing in or giving the password again
SIGN_IN_ANEW = _(
    "Please sign out and in again, and then do it within five minutes: it might be somebody else by now."
)


def is_fresh(request):
    records = get_authentication_records(request, request.user)
    return bool(records) and records[-1]["at"] > time.time() - GOOD_FOR


def require_fresh_sign_in(request):
    """For people without a password, who cannot be asked for it. Raises ImmediateHttpResponse, back to the page."""
    if not request.user.has_usable_password() and not is_fresh(request):
        messages.error(request, SIGN_IN_ANEW)
        raise ImmediateHttpResponse(redirect(request.path))
