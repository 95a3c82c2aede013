"""Who is in a conversation: its members, or of a task everybody on its board; and who is meant by a name."""

from django.db.models import Exists, OuterRef, Q, Value
from django.db.models.functions import Lower

from boards.models import BoardMembership, Task
from live.database.question import Question

from .. import policy
from ..models import Membership

MOST = 200  # people listed


def people_of(conversation):
    """Each as a plain value, sorted by name, but first those whose task it is; at most MOST."""
    if conversation.is_task:
        memberships = ON_BOARD.ask(board_id=conversation.board_id, task_id=conversation.task_id)
    else:
        memberships = MEMBERS.ask(conversation_id=conversation.pk)
    return [_person(membership) for membership in memberships]


def people_named(conversation, names, by=None):
    """{lower-case name: user} of those who may read the conversation, and may be named by this person; other names are
    just words. Nobody named what comes from elsewhere.
    """
    if not names:
        return {}
    named = Q(lower_name__in=[name for name in names if name.isascii()])  # there is an index of these
    for name in names:
        if not name.isascii():
            named |= Q(username__iexact=name)
    known = policy.nameable_by(by, conversation) if by else policy.readers(conversation)
    found = known.alias(lower_name=Lower("username")).filter(named)
    return {user.username.lower(): user for user in found}


def _members(conversation_id):
    memberships = Membership.objects.filter(conversation=conversation_id)
    return _listed(memberships.annotate(is_assigned=Value(False)))


def _on_board(board_id, task_id):
    assigned = Task.assignees.through.objects.filter(task=task_id, user=OuterRef("user"))
    memberships = BoardMembership.objects.filter(board=board_id)
    return _listed(memberships.annotate(is_assigned=Exists(assigned)))


def _listed(memberships):
    listed = memberships.filter(user__is_active=True).select_related("user")
    return listed.order_by("-is_assigned", "user__display_name", "user__username")[:MOST]


MEMBERS = Question(_members, conversation_id=int)
ON_BOARD = Question(_on_board, board_id=int, task_id=int)


def _person(membership):
    user = membership.user
    named = {"user_id": user.pk, "username": user.username, "display_name": user.name, "avatar": user.face}
    last_seen = user.last_seen_at if user.shares_presence else None
    return {
        **named,
        "zone": user.time_zone,
        "role": membership.role,
        "is_assigned": membership.is_assigned,
        "last_seen": last_seen,
    }
