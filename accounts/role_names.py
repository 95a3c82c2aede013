"""The names of roles on boards and in rooms, within a sentence."""

from django.utils.translation import gettext_lazy as _

ROLES = {
    "owner": _("owner"),
    "admin": _("admin"),
    "moderator": _("moderator"),
    "member": _("member"),
    "viewer": _("viewer"),
}
