"""The page for catching up: notifications, unread conversations, moved cards, invitations; and marking as read."""

from datetime import timedelta

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from boards.models import Task
from live.database.question import Question

from ...actions import mark_read, mark_unread
from ...context import sidebar_of
from ...models import Invitation
from ...queries import notices
from ...queries.bundles import bundled
from ...queries.catching_up import waiting
from ..asked import id_in, said_in
from ..doors import form, signed_in, way_back

PLACES_SHOWN, CARDS_SHOWN = 60, 5
LATELY = timedelta(days=1)  # for moved cards


@signed_in
@require_safe
@cache_control(private=True, no_store=True)
def page(request):
    """The number of queries does not grow with the number of conversations."""
    sidebar = sidebar_of(request)
    rows = waiting(request.user, sidebar["places"])
    context = {
        "boards": sidebar["boards"],
        "directs": sidebar["directs"],
        "bundles": bundled(notices.told_latest(request.user.pk)),
        "waiting": rows[:PLACES_SHOWN],
        "more_waiting": max(0, len(rows) - PLACES_SHOWN),
        "moved": _moved(request.user),
        "invitations": _invitations(request.user),
    }
    return render(request, "messaging/own/catch_up.html", context)


def _invitations(user):
    return INVITATIONS.ask(user_id=user.pk)


def _asked(user_id):
    return Invitation.objects.standing().filter(user=user_id).select_related("conversation", "invited_by")


INVITATIONS = Question(_asked, user_id=int)


@form
def read(request, conversation_id):
    """Mark as read up to the `message`; with `unread`, mark it and all after it as unread."""
    asked = said_in(request)
    act = mark_unread if asked.get("unread") else mark_read
    act(by=request.user, conversation_id=conversation_id, message_id=id_in(asked, "message"))
    return way_back(request)


def _moved(user):
    """The user's cards that somebody else moved to another column lately."""
    mine = Task.objects.visible_to(user).shown().filter(assignees=user)
    moved = mine.filter(moved_at__gt=timezone.now() - LATELY).exclude(moved_by=user)
    return moved.select_related("board", "column", "moved_by").order_by("-moved_at")[:CARDS_SHOWN]
