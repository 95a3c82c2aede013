"""The texts of the search page."""

from typing import NamedTuple

from django.utils.translation import gettext_lazy as _


class Words(NamedTuple):
    """The texts about one kind of hits."""

    name: str
    all: str
    found: str
    none: str
    none_further_back: str


WORDS = {
    "messages": Words(
        name=_("Messages"),
        all=_("All messages"),
        found=_("Found messages"),
        none=_("No messages that you may read fit."),
        none_further_back=_("No messages that you may read fit further back."),
    ),
    "files": Words(
        name=_("Files"),
        all=_("All files"),
        found=_("Found files"),
        none=_("No files that you may read fit."),
        none_further_back=_("No files that you may read fit further back."),
    ),
    "tasks": Words(
        name=_("Tasks"),
        all=_("All tasks"),
        found=_("Found tasks"),
        none=_("No tasks that you may read fit."),
        none_further_back=_("No tasks that you may read fit further back."),
    ),
}
ORDERS = {"new": _("Newest first"), "best": _("Best match")}
CHIPS = {
    "mentions:me": _("About me"),
    "from:me": _("From me"),
    "is:unread": _("Unread"),
    "is:saved": _("Saved"),
    "has:pin": _("Pinned"),
    "has:file": _("Files"),
    "has:image": _("Pictures"),
    "has:link": _("Links"),
    "on:today": _("Today"),
    "after:7d": _("This week"),
}
