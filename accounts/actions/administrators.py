"""Who looks after the people, of whom one always stays."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ..models import User
from .ending import take_back_links_of
from .noting import note, person

ADMINISTRATORS = Q(is_superuser=True, is_active=True)


@transaction.atomic
def promote(*, by, user_id):
    found = lock_person(by, user_id)
    if not found.is_active:
        raise ValidationError(_("Let %(name)s in again first."), params={"name": found.name})
    return _set(found, True, by)


@transaction.atomic
def demote(*, by, user_id):
    """Their invite links end with it."""
    found = lock_person(by, user_id)
    an_administrator_stays(without=found)
    take_back_links_of(found, by)
    return _set(found, False, by)


def lock_person(by, user_id):
    """The person, as they are while nobody else becomes, or ceases to be, an administrator. User.DoesNotExist.

    All administrators are locked, in one order: two who demote each other at once would leave nobody.
    """
    wanted = User.objects.filter(ADMINISTRATORS | Q(pk=user_id, is_bot=False)).order_by("pk")
    locked = {one.pk: one for one in wanted.select_for_update(no_key=True)}
    require_administrator(by)
    if user_id not in locked:
        raise User.DoesNotExist(_("There is no such person."))
    return locked[user_id]


def require_administrator(by):
    """Whoever has the machine (None) is one too. Their row is locked, so that they are one until this is done."""
    if by is not None and not User.objects.select_for_update(no_key=True).filter(ADMINISTRATORS, pk=by.pk):
        raise PermissionDenied(_("Only administrators look after people."))


def is_only_administrator(user):
    others = User.objects.filter(ADMINISTRATORS).exclude(pk=user.pk)
    return user.is_superuser and user.is_active and not others.exists()


def an_administrator_stays(*, without):
    if is_only_administrator(without):
        raise ValidationError(
            _("%(name)s is the only administrator: make somebody else one first."),
            params={"name": without.name},
        )


def _set(user, is_administrator, by):
    if user.is_superuser != is_administrator:
        note("person.promoted" if is_administrator else "person.demoted", by=by, on=person(user))
    user.is_superuser = user.is_staff = is_administrator
    user.save(update_fields=["is_superuser", "is_staff"])
    return user
