"""Who has read how far, in conversations small enough for that to be of use."""

from django.contrib.auth import get_user_model

from . import policy

MOST_PEOPLE = 200


def reads_of(conversation):
    """{user id: read_seq} of those who share it; empty when there are too many people."""
    if _total(conversation) > MOST_PEOPLE:
        return {}
    sharing = conversation.memberships.filter(
        user__shares_receipts=True, user__in=policy.readers(conversation)
    )
    return dict(sharing.values_list("user_id", "read_seq"))


def count_readers(conversation, seq):
    """(how many have read up to this place, of how many), or (None, None) when there are too many people."""
    total = _total(conversation)
    if total > MOST_PEOPLE:
        return None, None
    return conversation.memberships.filter(read_seq__gte=seq).count(), total


def _total(conversation):
    if conversation.is_task:
        return get_user_model().objects.filter(board_memberships__board=conversation.board_id).count()
    return conversation.memberships.count()
