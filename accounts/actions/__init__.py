"""What can be done with accounts, and with the tokens of one's own, and what is noted of it. Each action is one transaction."""

from .administrators import demote, is_only_administrator, promote
from .deactivating import deactivate, let_in_again
from .inviting import make_invite_link, take_back_invite_link
from .joining import LinkIsOver, join
from .noting import name_of, note, person
from .passwords import make_password_key
from .purging import purge_audit_log
from .tokens import end_token, make_token, note_use

__all__ = [
    "LinkIsOver",
    "deactivate",
    "demote",
    "end_token",
    "is_only_administrator",
    "join",
    "let_in_again",
    "make_invite_link",
    "make_password_key",
    "name_of",
    "note",
    "person",
    "make_token",
    "note_use",
    "promote",
    "purge_audit_log",
    "take_back_invite_link",
]
