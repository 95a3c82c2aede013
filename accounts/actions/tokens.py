"""Making access tokens, noting that they are used, and ending them."""

import secrets
from datetime import timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..models import AccessToken, User
from ..models.access_token import digest_of
from ..names import one_line
from ..scopes import SCOPES
from .noting import note

PREFIX = "prizm_"  # by which people, and programs that look for leaked secrets, recognise a token
MOST = 50  # of one person
NOTED_EVERY = timedelta(minutes=1)


@transaction.atomic
def make_token(*, by, name, scopes, good_until=None):
    """(token, secret). Only the secret's digest is stored. `scopes` are names of SCOPES; `good_until` None has no end.

    Raises ValidationError, or PermissionDenied if the account was deactivated or changed its password meanwhile.
    """
    wanted = [scope for scope in SCOPES if scope in set(scopes)]
    if not wanted or len(wanted) != len(set(scopes)):
        raise ValidationError(_("Choose what the token may do."))
    name = one_line(name)[:80]
    if not name:
        raise ValidationError(_("Say what the token is for."))
    if good_until is not None and good_until <= timezone.now():
        raise ValidationError(_("The end lies in the past."))
    _lock(by)
    if by.access_tokens.count() >= MOST:
        raise ValidationError(_("You have %(most)d tokens: end some first."), params={"most": MOST})
    secret = PREFIX + secrets.token_urlsafe(32)
    kept = {"name": name, "scope": " ".join(wanted), "good_until": good_until}
    token = AccessToken.objects.create(user=by, digest=digest_of(secret), **kept)
    note("token.made", by=by, on=_named(token), scopes=", ".join(wanted))
    return token, secret


def _lock(by):
    """Lock the person's row: so two tokens are counted one after the other, and a new password ends those before it."""
    locked = User.objects.select_for_update(no_key=True).filter(pk=by.pk, is_active=True).first()
    if locked is None or locked.password != by.password:
        raise PermissionDenied(_("Please sign in again first."))


@transaction.atomic
def end_token(*, by, token_id):
    """Delete a token; AccessToken.DoesNotExist if this person has no such token."""
    token = by.access_tokens.get(pk=token_id)
    note("token.ended", by=by, on=_named(token))
    token.delete()


def _named(token):
    return "token", token.pk, token.name


def note_use(token):
    """Note when the token was last used, at most once a minute."""
    long_ago = timezone.now() - NOTED_EVERY
    if token.used_at is None or token.used_at < long_ago:
        not_noted = Q(used_at=None) | Q(used_at__lt=long_ago)
        AccessToken.objects.filter(not_noted, pk=token.pk).update(used_at=timezone.now())
