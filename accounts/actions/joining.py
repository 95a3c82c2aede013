"""Coming in by an invite link."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from ..addresses import is_banned
from ..models import InviteLink
from .ending import invite_link
from .noting import note

TAKEN = _("A user with that username already exists.")
BANNED = _("This address is not welcome here: please ask whoever gave you the link.")


class LinkIsOver(Exception):
    """The link was used up, taken back or too old by the time it was to be used."""


@transaction.atomic
def join(*, token, newcomer):
    """Keep the newcomer, a new user with a password, if the link still stands, and count them.

    The row count of one conditional UPDATE is the verdict: of two who come at once by a link for one, one does.
    Raises LinkIsOver, or ValidationError if the address is banned, or somebody else took the user name meanwhile;
    nobody is counted then.
    """
    if is_banned(newcomer.email):
        raise ValidationError({"email": BANNED})
    if not InviteLink.objects.of(token).standing().update(used=F("used") + 1):
        raise LinkIsOver
    try:
        newcomer.save(force_insert=True)
    except IntegrityError as error:
        raise ValidationError({"username": TAKEN}) from error
    note("invite_link.used", by=newcomer, on=invite_link(InviteLink.objects.of(token).get()))
    return newcomer
