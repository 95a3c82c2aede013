"""The keys in links for a new password: mailed ones, and those of administrators, which end with the maker's rights."""

from allauth.account.forms import (
    EmailAwarePasswordResetTokenGenerator,
    UserTokenForm,
    default_token_generator,
)
from django.utils.http import base36_to_int, int_to_base36

from ..models import User
from .administrators import ADMINISTRATORS


class KeysOf(EmailAwarePasswordResetTokenGenerator):
    """Those that one administrator makes; `maker` is told in them, as their last part."""

    def __init__(self, maker):
        super().__init__()
        self.key_salt = f"accounts.actions.password_keys made by {maker}"


def make_key(user, by):
    """`by` is None for whoever is at the server itself."""
    if by is None:
        return default_token_generator.make_token(user)
    maker = int_to_base36(by.pk)
    return f"{KeysOf(maker).make_token(user)}-{maker}"


class AnyKeys:
    def check_token(self, user, key):
        token, _, maker = key.rpartition("-")
        if "-" not in token:
            return default_token_generator.check_token(user, key)
        return KeysOf(maker).check_token(user, token) and _is_administrator(base36_to_int(maker))


def _is_administrator(user_id):
    return User.objects.filter(ADMINISTRATORS, pk=user_id).exists()


class KeyForm(UserTokenForm):
    token_generator = AnyKeys()
