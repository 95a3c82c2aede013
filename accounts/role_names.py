"""What somebody is on a board or in a room, in words."""

from django.utils.translation import gettext_lazy as _

ROLES = {
    "owner": _("owner"),
    "admin": _("admin"),
    "moderator": _("moderator"),
    "member": _("member"),
    "viewer": _("viewer"),
}
