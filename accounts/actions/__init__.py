"""Everything that can be done with accounts and access tokens. Each action is one transaction."""

from .administrators import demote, is_only_administrator, promote
from .bots import close_bot_account, give_face, make_bot_account, rename_bot_account
from .deactivating import deactivate, let_in_again
from .inviting import make_invite_link, take_back_invite_link
from .joining import LinkIsOver, join
from .noting import name_of, note, person
from .passwords import PasswordChanged, change_password, make_password_key
from .purging import purge_audit_log
from .reserving import find_or_reserve_account
from .single_sign_on import PasswordFirst, come_by_sign_on, link_with_sign_on, unlink_from_sign_on
from .tokens import end_token, make_token, note_use
from .two_factor import (
    renew_recovery_codes,
    set_up_two_factor,
    switch_two_factor_off,
    take_two_factor_away,
    use_code,
)

__all__ = [
    "LinkIsOver",
    "PasswordChanged",
    "PasswordFirst",
    "change_password",
    "close_bot_account",
    "come_by_sign_on",
    "deactivate",
    "demote",
    "end_token",
    "find_or_reserve_account",
    "give_face",
    "is_only_administrator",
    "join",
    "let_in_again",
    "link_with_sign_on",
    "make_bot_account",
    "make_invite_link",
    "make_password_key",
    "make_token",
    "name_of",
    "note",
    "note_use",
    "person",
    "promote",
    "purge_audit_log",
    "rename_bot_account",
    "renew_recovery_codes",
    "set_up_two_factor",
    "switch_two_factor_off",
    "take_back_invite_link",
    "take_two_factor_away",
    "unlink_from_sign_on",
    "use_code",
]
