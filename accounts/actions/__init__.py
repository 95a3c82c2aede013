"""What can be done with accounts besides one's own. Each action is one transaction."""

from .administrators import demote, is_only_administrator, promote
from .deactivating import deactivate, let_in_again
from .inviting import make_invite_link, take_back_invite_link
from .joining import LinkIsOver, join
from .passwords import make_password_key

__all__ = [
    "LinkIsOver",
    "deactivate",
    "demote",
    "is_only_administrator",
    "join",
    "let_in_again",
    "make_invite_link",
    "make_password_key",
    "promote",
    "take_back_invite_link",
]
