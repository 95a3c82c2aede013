"""Who looks after the people, of whom one always stays."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from ..models import User

ADMINISTRATORS = Q(is_superuser=True, is_active=True)


@transaction.atomic
def promote(*, by, user_id):
    person = lock_person(by, user_id)
    if not person.is_active:
        raise ValidationError(f"Let {person.name} in again first.")
    return _set(person, True)


@transaction.atomic
def demote(*, by, user_id):
    """Their invite links end with it."""
    person = lock_person(by, user_id)
    an_administrator_stays(without=person)
    take_back_links_of(person)
    return _set(person, False)


def lock_person(by, user_id):
    """The person, as they are while nobody else becomes, or ceases to be, an administrator. User.DoesNotExist.

    All administrators are locked, in one order: two who demote each other at once would leave nobody.
    """
    wanted = User.objects.filter(ADMINISTRATORS | Q(pk=user_id)).order_by("pk")
    locked = {person.pk: person for person in wanted.select_for_update(no_key=True)}
    require_administrator(by)
    if user_id not in locked:
        raise User.DoesNotExist("There is no such person.")
    return locked[user_id]


def require_administrator(by):
    """Whoever has the machine (None) is one too. Their row is locked, so that they are one until this is done."""
    if by is not None and not User.objects.select_for_update(no_key=True).filter(ADMINISTRATORS, pk=by.pk):
        raise PermissionDenied("Only administrators look after people.")


def is_only_administrator(person):
    others = User.objects.filter(ADMINISTRATORS).exclude(pk=person.pk)
    return person.is_superuser and person.is_active and not others.exists()


def an_administrator_stays(*, without):
    if is_only_administrator(without):
        raise ValidationError(f"{without.name} is the only administrator: make somebody else one first.")


def take_back_links_of(person):
    person.invite_links.standing().update(taken_back_at=timezone.now())


def _set(person, is_administrator):
    person.is_superuser = person.is_staff = is_administrator
    person.save(update_fields=["is_superuser", "is_staff"])
    return person
