"""A link by which somebody who forgot their password chooses a new one, where no mail reaches them."""

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ..models import User
from .administrators import require_administrator
from .noting import note, person


@transaction.atomic
def make_password_key(*, by, user_id):
    """(person, key), as in the links that are mailed: good once, and for PASSWORD_RESET_TIMEOUT. User.DoesNotExist."""
    require_administrator(by)
    found = User.objects.get(pk=user_id, is_bot=False)
    if not found.is_active:
        raise ValidationError(_("Let %(name)s in again first."), params={"name": found.name})
    note("password.link_made", by=by, on=person(found))
    return found, f"{user_pk_to_url_str(found)}-{default_token_generator.make_token(found)}"
