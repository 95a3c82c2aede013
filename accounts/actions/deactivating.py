"""Deactivating accounts, and letting people in again."""

from django.db import transaction

from .administrators import an_administrator_stays, lock_person
from .ending import take_back_links_of
from .noting import note, person


@transaction.atomic
def deactivate(*, by, user_id, bans=False):
    """Sign a person out everywhere, and let them sign in no more. Their messages stay, their invite links end.

    With `bans`, which may be added later, nobody can join with their address until they are let in again.
    """
    found = lock_person(by, user_id)
    if found.is_active:
        an_administrator_stays(without=found)
        found.is_active = False
        found.save(update_fields=["is_active"])  # which ends their sessions and tokens
        note("person.deactivated", by=by, on=person(found))
        take_back_links_of(found, by)
    if bans and not found.is_banned:
        _set_banned(found, True)
        note("person.banned", by=by, on=person(found))
    return found


@transaction.atomic
def let_in_again(*, by, user_id):
    found = lock_person(by, user_id)
    if found.is_banned:
        _set_banned(found, False)
        note("person.ban_lifted", by=by, on=person(found))
    if not found.is_active:
        found.is_active = True
        found.save(update_fields=["is_active"])
        note("person.let_in", by=by, on=person(found))
    return found


def _set_banned(found, is_banned):
    found.is_banned = is_banned
    found.save(update_fields=["is_banned"])
