"""A person's card: what others may know of them, and how to talk to them."""

from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.zones import zone

from ... import policy
from ...models import Conversation
from ..doors import signed_in

MOST_ROOMS = 6


@signed_in
@require_safe
def card(request, user_id):
    """404 for somebody who shares nothing with the user."""
    person = policy.seen_by(request.user).filter(pk=user_id).first()
    if person is None:
        raise Http404("There is no such person.")
    shared = Conversation.objects.visible_to(request.user).filter(
        kind=Conversation.Kind.ROOM, archived_at=None, memberships__user=person
    )
    mine = shared.filter(memberships__user=request.user).order_by("name", "pk")
    context = {
        "person": person,
        "here": timezone.localtime(timezone=zone(person.time_zone)) if person.time_zone else None,
        "last_seen": person.last_seen_at if person.shares_presence else None,
        "shared": list(mine.distinct()[:MOST_ROOMS]),
        "is_me": person == request.user,
    }
    return render(request, "messaging/people/person.html", context)
