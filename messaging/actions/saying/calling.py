"""Whom @room and @here call: everybody in a conversation, or those of them who are here."""

from datetime import timedelta

from django.contrib.auth import get_user_model
from django.utils import timezone

from live.process import hub_if_any

from ... import policy

LATELY = timedelta(minutes=30)


def called(conversation, groups):
    """The ids of those who are called, in one query or two; nobody when no group is."""
    if not groups:
        return set()
    members = members_of(conversation)
    everybody = "room" in groups or conversation.board_id is None  # between few people it is the same
    return members if everybody else members & present_in(conversation)


def members_of(conversation):
    """Those to whom a conversation belongs: of a task, everybody on its board."""
    people = policy.readers(conversation)
    if not conversation.is_task:
        people = people.filter(conversation_memberships__conversation=conversation)
    return set(people.values_list("pk", flat=True))


def present_in(conversation):
    """The ids of those who are here, if they let it be seen; in a process without sockets, of who has spoken lately."""
    hub = hub_if_any()
    if hub is None:
        lately = conversation.messages.filter(created_at__gt=timezone.now() - LATELY, author__isnull=False)
        here = set(lately.values_list("author", flat=True))
    else:
        here = hub.roster.here(conversation.stream) | hub.roster.here(f"board:{conversation.board_id}")
    shown = get_user_model().objects.filter(pk__in=here, shares_presence=True)
    return set(shown.values_list("pk", flat=True))
