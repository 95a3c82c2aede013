"""E-mails about the security of an account, to the proved address of its person."""

import logging
from smtplib import SMTPException
from typing import NamedTuple

from django.core.mail import send_mail
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from live.language import language_for

from .addresses import with_address
from .models import User

log = logging.getLogger("accounts.letters")


NOT_YOU = _("If that was not you, change your password at once, and tell whoever looks after your workspace.")


class Letter(NamedTuple):
    """An e-mail, to be translated into the language of its reader."""

    subject: str
    words: str
    otherwise: str = NOT_YOU


TWO_FACTOR_ON = Letter(
    _("Your second factor is set up"),
    _("From now on a code from your app is asked for when you sign in with your user name {name}."),
)
TWO_FACTOR_OFF = Letter(
    _("Your second factor is switched off"),
    _("From now on your account {name} asks for no code when you sign in."),
)
TWO_FACTOR_TAKEN_AWAY = Letter(
    _("Your second factor was taken away"),
    _(
        "An administrator took the second factor of your account {name} away, and you were signed out everywhere. "
        "Sign in as before, and set it up anew on your profile page."
    ),
    _("If you did not ask for that, tell them at once."),
)
NEW_RECOVERY_CODES = Letter(
    _("You have new recovery codes"),
    _("New recovery codes were made for your account {name}; the old ones are good no more."),
)
LINKED = Letter(
    _("Your account is linked with the single sign-on"),
    _("From now on whoever signs in there as you comes into your account {name}."),
)
GUESSED_AT = Letter(
    _("Somebody tries to sign in as you"),
    _("Whoever it is passed the first step of signing in as {name}, and then gave five wrong codes."),
)
ADDRESS_CHANGED = Letter(
    _("Your e-mail address is another one"),
    _("From now on letters about your account {name} go to another address, and no longer to this one."),
)


def tell(person, letter, *, to=""):
    """Send this letter after COMMIT: to the address `to`, or else to their proved primary address, if they have one.

    If sending fails, it is logged and not tried again.
    """
    transaction.on_commit(lambda: _send(person.pk, letter, to))


def _send(user_id, letter, to):
    people = User.objects.filter(pk=user_id)
    for person in people if to else with_address(people):
        with translation.override(language_for(person)):
            subject, words, otherwise = map(str, letter)
        try:
            send_mail(
                subject, f"{words.format(name=person.username)}\n\n{otherwise}", None, [to or person.email]
            )
        except (OSError, SMTPException) as error:
            log.warning("A letter about an account did not leave: %s", type(error).__name__)
