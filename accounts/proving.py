"""Asking newcomers to prove that the address they typed in is theirs."""

import math
import time
from contextlib import suppress

from allauth.account.internal.flows.email_verification import send_verification_email_to_address
from allauth.account.models import EmailAddress
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.core.internal.ratelimit import get_cache_key, get_rates
from django.core.cache import cache

LETTERS = {"app": "allauth.account", "action": "confirm_email"}  # as allauth counts them


def ask_for_proof(request, person):
    """Send a link to this person's address. If that fails, they are told so, and are signed in all the same."""
    if person.email:
        address = EmailAddress.objects.create(user=person, email=person.email.lower(), primary=True)
        with suppress(ImmediateHttpResponse):
            send_verification_email_to_address(request, address)


def minutes_until_another(request, address):
    """Until a letter may be sent to it again: 1 or more, and 1 where allauth keeps no count of those that were."""
    waits = [1]
    for rate in get_rates(**LETTERS):
        sent = cache.get(get_cache_key(request, rate=rate, key=address.lower(), **LETTERS), [])
        if len(sent) >= rate.amount:  # the latest first
            waits.append(math.ceil((sent[-1] + rate.duration - time.time()) / 60))
    return max(waits)
