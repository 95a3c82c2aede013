"""Joining by an invite link."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from .. import signals
from ..addresses import is_banned
from ..models import InviteLink
from .ending import invite_link
from .noting import note

TAKEN = _("A user with that username already exists.")
BANNED = _("This address is not welcome here: please ask whoever gave you the link.")


class LinkIsOver(Exception):
    """The link is used up, taken back or too old."""


@transaction.atomic
def join(*, token, newcomer):
    """Save the newcomer, an unsaved User with a password, and count them on the link.

    One conditional UPDATE decides by its row count: if two people use a link for one at once, one of them joins.
    Raises LinkIsOver, or ValidationError if the address is banned or the user name was taken meanwhile; nobody is
    counted then.
    """
    if is_banned(newcomer.email):
        raise ValidationError({"email": BANNED})
    if not InviteLink.objects.of(token).standing().update(used=F("used") + 1):
        raise LinkIsOver
    try:
        newcomer.save(force_insert=True)
    except IntegrityError as error:
        raise ValidationError({"username": TAKEN}) from error
    link = InviteLink.objects.of(token).get()
    note("invite_link.used", by=newcomer, on=invite_link(link))
    signals.joined.send(InviteLink, user=newcomer, link=link)
    return newcomer
