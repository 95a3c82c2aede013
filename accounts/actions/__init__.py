"""What can be done with accounts besides one's own, and what is noted of it. Each action is one transaction."""

from .administrators import demote, is_only_administrator, promote
from .deactivating import deactivate, let_in_again
from .inviting import make_invite_link, take_back_invite_link
from .joining import LinkIsOver, join
from .noting import name_of, note, person
from .passwords import make_password_key
from .purging import purge_audit_log

__all__ = [
    "LinkIsOver",
    "deactivate",
    "demote",
    "is_only_administrator",
    "join",
    "let_in_again",
    "make_invite_link",
    "make_password_key",
    "name_of",
    "note",
    "person",
    "promote",
    "purge_audit_log",
    "take_back_invite_link",
]
