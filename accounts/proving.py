"""Asking newcomers to prove that the address they typed in is theirs."""

from contextlib import suppress

from allauth.account.internal.flows.email_verification import send_verification_email_to_address
from allauth.account.models import EmailAddress
from allauth.core.exceptions import ImmediateHttpResponse


def ask_for_proof(request, person):
    """A link is sent to it. Where none leaves, whoever came is in all the same, and is told."""
    if person.email:
        address = EmailAddress.objects.create(user=person, email=person.email.lower(), primary=True)
        with suppress(ImmediateHttpResponse):
            send_verification_email_to_address(request, address)
