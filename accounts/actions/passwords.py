"""Changing a password, and links for a new one that an administrator hands to people whom e-mail does not reach."""

from allauth.account.utils import user_pk_to_url_str
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ..models import User
from .administrators import require_administrator
from .noting import note, person
from .password_keys import make_key


@transaction.atomic
def make_password_key(*, by, user_id):
    """(person, key) for a link like those that are mailed: it works once, within PASSWORD_RESET_TIMEOUT,
    and only as long as `by` is an administrator.

    Raises User.DoesNotExist, or ValidationError for somebody who is deactivated.
    """
    require_administrator(by)
    found = User.objects.get(pk=user_id, is_bot=False)
    if not found.is_active:
        raise ValidationError(_("Let %(name)s in again first."), params={"name": found.name})
    note("password.link_made", by=by, on=person(found))
    return found, f"{user_pk_to_url_str(found)}-{make_key(found, by)}"


class PasswordChanged(Exception):
    """The password was changed after this change of it began."""


def change_password(user, password):
    """One conditional UPDATE decides by its row count: if two people use one link at once, one of them succeeds.

    Raises PasswordChanged for the other.
    """
    before = user.password
    user.set_password(password)  # hashing takes a while: no lock is held meanwhile
    with transaction.atomic():
        if not User.objects.filter(pk=user.pk, password=before).update(password=user.password):
            raise PasswordChanged
        user.save(
            update_fields=["password"]
        )  # which an UPDATE alone is not: it ends sessions, and notes the change
