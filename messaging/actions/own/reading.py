"""Moving one's place in a conversation."""

from typing import NamedTuple

from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext_lazy as _

from live.database.question import Question

from ... import policy
from ...models import Conversation, Membership, Message, Notification
from ...queries import receipts
from ..notices.inboxes import next_inbox_revision
from ..notices.putting_away import bring_back, put_away
from ..rooms.joining import begin_place
from .confirming import confirm


class Reading(NamedTuple):
    """Where a reader stands, and how many have read as far; the counts are None where there are too many people."""

    moved: bool
    read_seq: int
    read_count: int | None = None
    total_members: int | None = None


class Place(NamedTuple):
    """Of a message in a conversation, as one who may read it asks for it; `read_seq` is how far they have read."""

    conversation_id: int
    kind: str
    board_id: int | None
    member_role: str | None
    read_seq: int
    seq: int | None

    @property
    def is_of_task(self):
        return self.kind == Conversation.Kind.TASK

    @property
    def has_reader(self):
        return self.member_role is not None


def mark_read(*, by, conversation_id, message_id):
    """Everything up to this message has been read. The cursor never moves down, and retrying is harmless."""
    place = _place(by, conversation_id, message_id)
    if not (place.has_reader or place.is_of_task):
        _put_away_news(by, place)
        return Reading(False, 0)
    if place.has_reader and place.read_seq >= place.seq:
        _put_away_news(by, place)
        return Reading(False, place.read_seq)
    if not _move_up(by, place):
        return Reading(False, place.seq)
    return _confirmed(by, place, message_id, place.seq)


def mark_unread(*, by, conversation_id, message_id):
    """The message, and what came after it, is unread again, and so is what told of that."""
    place = _place(by, conversation_id, message_id)
    read_seq = place.seq - 1
    with transaction.atomic():
        revision = next_inbox_revision(by.pk)
        at = {"read_seq": read_seq, "inbox_revision": revision}
        if not Membership.objects.filter(conversation=place.conversation_id, user=by).update(**at):
            begin_place(by, place.conversation_id, **at)
        bring_back(by.pk, place.conversation_id, place.seq, revision)
    return _confirmed(by, place, message_id, read_seq)


def _confirmed(by, place, message_id, read_seq):
    """Where they stand now, which those who look on are told unless they are too many."""
    reading = Reading(True, read_seq, *receipts.count_readers(place, read_seq))
    if reading.total_members is not None:
        confirm([receipts.Receipt(place.conversation_id, by.pk, message_id, *reading[1:])])
    return reading


@transaction.atomic
def _move_up(by, place):
    revision = next_inbox_revision(by.pk)
    if not _moves(by, place, revision):
        if Membership.objects.filter(conversation=place.conversation_id, user=by).exists():
            transaction.set_rollback(True)  # another tab was quicker: as if we had not come
            return False
        begin_place(by, place.conversation_id, read_seq=place.seq, inbox_revision=revision)
    put_away(_news(by, place), {by.pk: revision})
    return True


@transaction.atomic
def _put_away_news(by, place):
    """There may be news of it where no place moves: in an open room that one is not in, or of what was read before."""
    if _news(by, place):
        revision = next_inbox_revision(by.pk)
        put_away(_news(by, place), {by.pk: revision})


MOVE_UP = """
    UPDATE messaging_membership SET read_seq = %s, inbox_revision = %s
    WHERE conversation_id = %s AND user_id = %s AND read_seq < %s
"""


def _moves(by, place, revision):
    with connection.cursor() as cursor:
        cursor.execute(MOVE_UP, [place.seq, revision, place.conversation_id, by.pk, place.seq])
        return cursor.rowcount


def _news(by, place):
    """The ids of the notices that reading this far puts away."""
    return [id for (id,) in NEWS.ask(user_id=by.pk, conversation_id=place.conversation_id, seq=place.seq)]


def _unread_notices(user_id, conversation_id, seq):
    unread = Notification.objects.filter(user=user_id, read_at=None).exclude(kind=Notification.Kind.REMINDER)
    about = unread.filter(message__conversation=conversation_id, message__seq__lte=seq)
    return about.order_by().values_list("pk")


NEWS = Question(_unread_notices, user_id=int, conversation_id=int, seq=int)


def _place(by, conversation_id, message_id):
    asked = {"user_id": by.pk, "conversation_id": conversation_id, "message_id": message_id}
    found = PLACES.ask(**asked) if by.is_active else ()
    if not found:
        raise PermissionDenied(_("You may not do that here."))
    place = Place(*found[0])
    if place.seq is None:
        raise Message.DoesNotExist(_("There is no such message here."))
    return place


def _places(user_id, conversation_id, message_id):
    here = policy.found_by(user_id).filter(pk=conversation_id)
    seq = Message.objects.filter(conversation=OuterRef("pk"), pk=message_id).order_by().values("seq")
    told = "pk", "kind", "board_id", "member_role", "read_seq"
    return here.values_list(*told, Subquery(seq))


PLACES = Question(_places, user_id=int, conversation_id=int, message_id=int)
