"""The scopes of access tokens. A token allows what its scopes name, if its person may do it."""

from django.utils.translation import gettext_lazy as _

SCOPES = {
    "messages:read": _("Read conversations, comments and files, and search them"),
    "messages:write": _("Post, change, react, pin, mark as read, upload"),
    "boards:read": _("Read boards and cards"),
    "boards:write": _("Make, change and move cards"),
}
