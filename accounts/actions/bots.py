"""The accounts of bots: they have a name and a picture, and cannot sign in."""

import secrets

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ..models import User
from ..names import mixes_scripts, one_line
from ..pictures import faces

LONGEST_NAME = 60


def make_bot_account(name):
    """A new account for a bot. Its user name is random, so that it takes none that a person may want."""
    account = User(username=f"bot-{secrets.token_hex(6)}", display_name=clean_bot_name(name), is_bot=True)
    account.shares_presence = account.shares_receipts = False
    account.set_unusable_password()
    account.save(force_insert=True)
    return account


def rename_bot_account(account, name):
    account.display_name = clean_bot_name(name)
    account.save(update_fields=["display_name"])


def give_face(account, key):
    """Show the picture with this key (see accounts/pictures/faces.py), and delete the one before."""
    old, account.avatar = account.avatar, key
    account.save(update_fields=["avatar"])
    transaction.on_commit(lambda: faces.drop_face(old))


def close_bot_account(account):
    account.is_active = False
    account.save(update_fields=["is_active"])


def clean_bot_name(name):
    name = one_line(name)
    if not name:
        raise ValidationError(_("Please give the bot a name."))
    if len(name) > LONGEST_NAME:
        raise ValidationError(
            _("Please use at most %(most)d characters for the name."), params={"most": LONGEST_NAME}
        )
    if mixes_scripts(name):
        raise ValidationError(_("Please use letters of one alphabet: others could not tell names apart."))
    return name
