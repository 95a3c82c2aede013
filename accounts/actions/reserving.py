"""Accounts for the people of an imported archive who have not signed in here yet."""

import re

from django.db import transaction

from ..addresses import is_claimed, owner_of, prove
from ..models import User
from ..names import one_line

UNFIT = re.compile(r"[^\w.@+-]+")


@transaction.atomic
def find_or_reserve_account(*, username, address="", name="", is_known=False, writes=True):
    """(user, whether the account is new).

    With `is_known`, the user name is of an account here: User.DoesNotExist if it is not. Otherwise the account is found
    by its proved address, or was reserved before, or is made. Nobody can sign in with a new account: it is deactivated
    and has no password until an administrator lets its person in and makes them a link. Its address counts as proved,
    unless somebody here has the same address, and may still prove it. Without `writes`, a new account is not saved.
    """
    if is_known:
        return User.objects.get_by_natural_key(username), False
    found = owner_of(address) or _reserved(username, address)
    if found:
        return found, False
    user = User(username=_free(username or address.partition("@")[0]), email=address, is_active=False)
    user.display_name = one_line(name)[:80]
    user.set_unusable_password()
    if writes:
        claimed = is_claimed(address)
        user.save()
        if address and not claimed:
            prove(user, address)
    return user, True


def _reserved(username, address):
    """The account that was made here before for a person who has not signed in yet, or None."""
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
