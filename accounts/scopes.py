"""What a token lets a program do, on top of what its person may."""

from django.utils.translation import gettext_lazy as _

SCOPES = {
    "messages:read": _("Read conversations, comments and files, and search them"),
    "messages:write": _("Post, change, react, pin, mark as read, upload"),
    "boards:read": _("Read boards and cards"),
    "boards:write": _("Make, change and move cards"),
}
