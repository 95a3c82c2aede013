"""Who has read how far, in conversations small enough for that to be of use."""

from django.contrib.auth import get_user_model

from live.question import Question

from .models import Membership

MOST_PEOPLE = 200


def reads_of(conversation_id):
    """{user id: read_seq} of those who share it; empty when there are too many people. A membership ends with the right
    to read, so nobody is in it who may not.
    """
    rows = READS.ask(conversation_id=conversation_id)
    return {} if len(rows) > MOST_PEOPLE else {user_id: seq for user_id, seq, is_shared in rows if is_shared}


def _reads(conversation_id):
    places = Membership.objects.filter(conversation=conversation_id)[: MOST_PEOPLE + 1]
    return places.values_list("user_id", "read_seq", "user__shares_receipts")


READS = Question(_reads, conversation_id=int)


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
