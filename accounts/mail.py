"""Mail that has no way out: nobody said by which server it leaves, so it does not, nor is it written down."""

import logging

from django.conf import settings
from django.core.mail.backends.base import BaseEmailBackend

log = logging.getLogger("accounts.mail")
NO_WAY_OUT = "accounts.mail.NoWayOut"  # as settings name it


class NoWayOut(BaseEmailBackend):
    """One line for each letter, without a word of it: the letter for a new password holds the key to an account."""

    def send_messages(self, email_messages):
        for _ in email_messages:
            log.warning("A letter could not leave: EMAIL_URL is not set.")
        return 0


def has_a_way_out():
    return settings.EMAIL_BACKEND != NO_WAY_OUT
