"""The list of one's notifications, marking them as read, and choosing the level of a conversation."""

from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from ...actions import mark_notifications_read, mark_notifications_unread, set_level
from ...queries import bundles
from ..asked import ids_in, whole_number
from ..doors import form, signed_in, way_back

FILTERS = [
    ("mention", _("Mentions")),
    ("everybody", pgettext_lazy("a call", "Everybody")),
    ("reply", _("Replies")),
    ("direct", _("Direct")),
    ("assignment", _("Assigned")),
    ("due", _("Due")),
    ("overdue", _("Overdue")),
    ("export", _("Exports")),
    ("reminder", _("Reminders")),
    ("invitation", _("Invitations")),
    ("webhook", _("Webhooks")),
]


@signed_in
@require_safe
@cache_control(private=True, no_store=True)
def notifications(request):
    """A page of notifications, filtered by `only=unread`, `kind` and `before` (an id)."""
    only, kind, before = (request.GET.get(name, "") for name in ("only", "kind", "before"))
    found, more = bundles.page_of(
        request.user.pk,
        only_unread=only == "unread",
        kind=kind,
        before=whole_number(before),
    )
    context = {"bundles": found, "more": more, "only": only, "kind": kind, "kinds": FILTERS}
    return render(request, "messaging/own/notifications.html", context)


@form
def mark(request):
    """Mark the notifications `ids` as read, or with `all` every one; with `unread`, mark `ids` as unread."""
    ids = ids_in(request.POST, "ids")
    if request.POST.get("unread"):
        mark_notifications_unread(by=request.user, ids=ids)
    else:
        mark_notifications_read(by=request.user, ids=None if request.POST.get("all") else ids)
    return way_back(request, request.path)


@form
def level(request, conversation_id):
    conversation = set_level(
        by=request.user, conversation_id=conversation_id, level=request.POST.get("level", "")
    )
    return way_back(request, conversation.url)
