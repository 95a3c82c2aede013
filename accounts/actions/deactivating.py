"""Ending and giving back the use of an account."""

from django.db import transaction

from .administrators import an_administrator_stays, lock_person, take_back_links_of


@transaction.atomic
def deactivate(*, by, user_id):
    """They are signed out everywhere at once and cannot sign in; what they said stays. Their invite links end too."""
    person = lock_person(by, user_id)
    if person.is_active:
        an_administrator_stays(without=person)
        person.is_active = False
        person.save(update_fields=["is_active"])  # which ends their sessions
        take_back_links_of(person)
    return person


@transaction.atomic
def let_in_again(*, by, user_id):
    person = lock_person(by, user_id)
    if not person.is_active:
        person.is_active = True
        person.save(update_fields=["is_active"])
    return person
