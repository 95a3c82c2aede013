"""Who has read how far, in conversations small enough for that to be of use."""

from typing import NamedTuple

from django.db.models import Case, Count, F, OuterRef, Q, Subquery, When

from boards.models import BoardMembership
from live.database.question import Question

from ..models import Conversation, Membership, Message

MOST_PEOPLE = 200


class Receipt(NamedTuple):
    """How far somebody has read, by a message; and how many have read as far, of how many."""

    conversation_id: int
    user_id: int
    message_id: int
    read_seq: int
    read_count: int
    total_members: int

    @property
    def whisper(self):
        return {"kind": "read", **self._asdict()}


def reads_of(conversation_id):
    """{user id: read_seq} of those who share it; empty when there are too many people.

    A membership ends with the right to read, so everybody in it may read.
    """
    rows = READS.ask(conversation_id=conversation_id)
    return {} if len(rows) > MOST_PEOPLE else {user_id: seq for user_id, seq, is_shared in rows if is_shared}


def _reads(conversation_id):
    places = Membership.objects.filter(conversation=conversation_id)[: MOST_PEOPLE + 1]
    return places.values_list("user_id", "read_seq", "user__shares_receipts")


READS = Question(_reads, conversation_id=int)


def count_readers(place, seq):
    """(how many have read up to here, of how many), or (None, None) when there are too many people.

    Those who keep it to themselves are not counted as having read: between two people the number would tell.
    `place` has the `conversation_id`, and of a task's the `board_id`.
    """
    ((read, total),) = COUNTS.ask(conversation_id=place.conversation_id, seq=seq) or ((0, 0),)
    if place.is_of_task:
        ((total,),) = ON_BOARD.ask(board_id=place.board_id)
    return (None, None) if total > MOST_PEOPLE else (read, total)


def _counts(conversation_id, seq):
    places = Membership.objects.filter(conversation=conversation_id).order_by().values("conversation")
    has_read = Count("pk", filter=Q(read_seq__gte=seq, user__shares_receipts=True))
    return places.annotate(read=has_read, total=Count("pk")).values_list("read", "total")


def _on_board(board_id):
    people = BoardMembership.objects.filter(board=board_id).order_by().values("board")
    return people.annotate(total=Count("pk")).values_list("total")


COUNTS = Question(_counts, conversation_id=int, seq=int)
ON_BOARD = Question(_on_board, board_id=int)


def receipts_of(places):
    """The Receipts of these places, a set of (conversation id, user id), as they stand now, in one query.

    There is none where there are too many people, or where nothing was ever said.
    """
    asked = {"conversation_ids": [id for id, _ in places], "user_ids": [id for _, id in places]}
    found = [Receipt(*row) for row in STANDING.ask(**asked)]
    return [one for one in found if one[:2] in places and one.message_id and one.total_members <= MOST_PEOPLE]


def _standing(conversation_ids, user_ids):
    places = Membership.objects.filter(conversation__in=conversation_ids, user__in=user_ids).order_by()
    said = Message.objects.filter(conversation=OuterRef("conversation"), seq__gte=OuterRef("read_seq"))
    on_board = Subquery(_on_board(OuterRef("conversation__board")))
    there = "conversation__memberships"
    has_read = Q(**{f"{there}__read_seq__gte": F("read_seq"), f"{there}__user__shares_receipts": True})
    return places.annotate(
        message=Subquery(said.order_by("seq").values("pk")[:1]),
        read=Count(there, filter=has_read),
        total=Case(When(conversation__kind=Conversation.Kind.TASK, then=on_board), default=Count(there)),
    ).values_list("conversation", "user", "message", "read_seq", "read", "total")


STANDING = Question(_standing, conversation_ids=[int], user_ids=[int])
