"""Letters about the safety of an account, to the address by which its person is known."""

import logging
from smtplib import SMTPException
from typing import NamedTuple

from django.core.mail import send_mail
from django.db import transaction

from .addresses import with_address
from .models import User

log = logging.getLogger("accounts.letters")


class Letter(NamedTuple):
    subject: str
    words: str


NOT_YOU = "If that was not you, change your password at once, and tell whoever looks after your workspace."
TWO_FACTOR_ON = Letter(
    "Your second factor is set up",
    f"From now on a code from your app is asked for when you sign in with your user name {{name}}.\n\n{NOT_YOU}",
)
TWO_FACTOR_OFF = Letter(
    "Your second factor is switched off",
    f"From now on your account {{name}} asks for no code when you sign in.\n\n{NOT_YOU}",
)
TWO_FACTOR_TAKEN_AWAY = Letter(
    "Your second factor was taken away",
    "An administrator took the second factor of your account {name} away, and you were signed out everywhere. Sign in "
    "as before, and set it up anew on your profile page.\n\nIf you did not ask for that, tell them at once.",
)
NEW_RECOVERY_CODES = Letter(
    "You have new recovery codes",
    f"New recovery codes were made for your account {{name}}; the old ones are good no more.\n\n{NOT_YOU}",
)
LINKED = Letter(
    "Your account is linked with the single sign-on",
    f"From now on whoever signs in there as you comes into your account {{name}}.\n\n{NOT_YOU}",
)
GUESSED_AT = Letter(
    "Somebody tries to sign in as you",
    f"Whoever it is passed the first step of signing in as {{name}}, and then gave five wrong codes.\n\n{NOT_YOU}",
)


def tell(person, letter):
    """Once what it tells of is kept. What does not leave is told nobody: nothing waits for it."""
    transaction.on_commit(lambda: _send(person.pk, letter))


def _send(user_id, letter):
    for person in with_address(User.objects.filter(pk=user_id)):
        try:
            send_mail(letter.subject, letter.words.format(name=person.username), None, [person.email])
        except (OSError, SMTPException) as error:
            log.warning("A letter about an account did not leave: %s", type(error).__name__)
