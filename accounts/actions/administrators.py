"""Making somebody an administrator, or no longer one. One active administrator always remains."""

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
    return _set_administrator(found, True, by)


@transaction.atomic
def demote(*, by, user_id):
    """Make somebody no administrator any more. Their invite links end too."""
    found = lock_person(by, user_id)
    an_administrator_stays(without=found)
    take_back_links_of(found, by)
    return _set_administrator(found, False, by)


def lock_person(by, user_id):
    """The person, locked until the transaction ends. Raises PermissionDenied or User.DoesNotExist.

    All administrators are locked with them, in the order of their ids: two who demote each other at the same time would
    leave none.
    """
    wanted = User.objects.filter(ADMINISTRATORS | Q(pk=user_id, is_bot=False)).order_by("pk")
    locked = {one.pk: one for one in wanted.select_for_update(no_key=True)}
    require_administrator(by)
    if user_id not in locked:
        raise User.DoesNotExist(_("There is no such person."))
    return locked[user_id]


def require_administrator(by):
    """PermissionDenied unless `by` is an administrator, or None: a command on the server. Locks their row."""
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


def _set_administrator(user, is_administrator, by):
    if user.is_superuser != is_administrator:
        note("person.promoted" if is_administrator else "person.demoted", by=by, on=person(user))
    user.is_superuser = user.is_staff = is_administrator
    user.save(update_fields=["is_superuser", "is_staff"])
    return user
