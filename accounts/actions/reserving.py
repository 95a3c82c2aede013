"""Accounts for people who are known from elsewhere, and have not come yet."""

import re

from django.db import transaction

from ..addresses import with_address
from ..models import User
from ..names import one_line

UNFIT = re.compile(r"[^\w.@+-]+")


@transaction.atomic
def find_or_reserve_account(*, username, address="", name="", is_known=False, writes=True):
    """(user, whether they are new). Found by their address, or by a user name that `is_known` to be theirs.

    A new account is nobody's to sign in with: it is deactivated and has no password until an administrator lets its
    person in and makes them a link. Without `writes`, a new one is not saved. User.DoesNotExist where a name that
    `is_known` is nobody's.
    """
    if is_known:
        return User.objects.get_by_natural_key(username), False
    found = _of_address(address) or _reserved(username, address)
    if found:
        return found, False
    user = User(username=_free(username or address.partition("@")[0]), email=address, is_active=False)
    user.display_name = one_line(name)[:80]
    user.set_unusable_password()
    if writes:
        user.save()
    return user, True


def _of_address(address):
    found = with_address(User.objects.all()).filter(email__iexact=address) if address else ()
    return found[0] if len(found) == 1 else None


def _reserved(username, address):
    """Whom we made before, and who has not come yet."""
    waiting = User.objects.filter(is_active=False, last_login=None, password__startswith="!", email=address)
    return waiting.filter(username__iexact=_fit(username)).first()


def _free(username):
    fit = _fit(username)
    names = [fit, *(f"{fit}{n}" for n in range(2, 1000))]
    taken = {
        one.lower()
        for one in User.objects.filter(username__istartswith=fit).values_list("username", flat=True)
    }
    return next(one for one in names if one.lower() not in taken)


def _fit(username):
    return UNFIT.sub("-", username)[:140].strip("-") or "person"
