"""Opening a room of a board, and changing what it is."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.actions import person
from boards.keeping import in_words
from boards.models import Board
from boards.wording import one_line, paragraphs
from live.language import for_everybody

from ... import policy
from ...models import Conversation, Invitation, Membership, Notification
from ..changing import add_event, lock_conversation
from ..notices.inboxes import lock_inboxes
from ..notices.notifying import count_anew
from ..noting import note_in
from .ending import end_invitations, fallen_in
from .joining import add_memberships, retell
from .moderating import moderators_of

CLOSED = _("{by} made the room private: only its people can read it.")
OPENED = _("{by} made the room open to everybody on the board.")


@transaction.atomic
def create_room(*, by, board_id, name, description="", is_private=False, people=()):
    """A room of the board, with everybody on it; a private one with its maker and `people` (user ids)."""
    # The board first, so that nobody joins it while we look who is on it.
    board = Board.objects.select_for_update(no_key=True).filter(pk=board_id).first()
    if board is None or not policy.may_create_room(by, board):
        raise PermissionDenied(_("You may not open rooms on this board."))
    room = Conversation(kind=Conversation.Kind.ROOM, board=board, is_private=is_private, created_by=by)
    room.name, room.description = _free_name(room, name), _description(description)
    room.save()
    note_in(room, "room.made", by=by, privacy="private" if is_private else "open")
    on_board = set(board.memberships.filter(user__is_active=True).values_list("user_id", flat=True))
    members = on_board & {by.pk, *people} if is_private else on_board
    add_memberships([room], members, moderators={by.pk})
    return room


@transaction.atomic
def rename_room(*, by, conversation_id, name, description=None):
    """Another name, or another word on what it is for."""
    # The board first, as who opens a room holds it: of two who choose the same name at once, one is told so.
    Board.objects.select_for_update(no_key=True, of=("self",)).filter(conversations=conversation_id).first()
    room = lock_room(conversation_id, by)
    before = room.name, room.description
    room.name = _free_name(room, name)
    room.description = room.description if description is None else _description(description)
    room.save(update_fields=["name", "description"])
    if room.name != before[0]:
        names = {"name": room.name}
        add_event(room, by, _("{by} renamed the room to {name}."), names, what="renamed", name=room.name)
        note_in(room, "room.renamed", by=by, before=before[0])
    if room.description != before[1]:
        _tell_purpose(room, by)
    return room


@transaction.atomic
def set_privacy(*, by, conversation_id, is_private):
    """Close the room to all but its people, or open it to everybody on the board. What was said stays as it is."""
    room = lock_room(conversation_id, by)
    if room.is_private == is_private:
        return room
    room.is_private = is_private
    room.access += is_private  # whoever only read along has to go
    room.save(update_fields=["is_private", "access"])
    add_event(room, by, CLOSED if is_private else OPENED, what="privacy", private=is_private)
    note_in(room, "room.made_private" if is_private else "room.made_open", by=by)
    _tell_who_reads(room, by)
    return room


@transaction.atomic
def set_retention(*, by, conversation_id, days):
    """Keep what is said for so many days (0: for ever), or, with None, as the board does."""
    room = lock_room(conversation_id, by)
    if room.retention_days != days:
        room.retention_days = days
        room.save(update_fields=["retention_days"])
        tell_retention(room, by)
    return room


def tell_retention(room, by):
    """The room's people hear how long what they say is kept from now on."""
    days = room.days_kept
    with for_everybody():
        kept = {"kept": in_words(days)}
    add_event(room, by, _("{by} set that messages here are kept {kept}."), kept, what="kept", days=days)


@transaction.atomic
def archive_room(*, by, conversation_id):
    """Close the room: it can be read, but nothing is added, and nobody is asked in any more."""
    room = lock_room(conversation_id, by)
    if room.archived_at is None:
        room.archived_at = timezone.now()
        room.save(update_fields=["archived_at"])
        add_event(room, by, _("{by} archived the room."), what="archived")
        note_in(room, "room.archived", by=by)
        asked = list(room.invitations.filter(state=Invitation.State.PENDING))
        inside = room.memberships.values_list("user_id", flat=True)
        lock_inboxes({*inside, *(invitation.user_id for invitation in asked)})
        end_invitations(asked)
        retell(room)
    return room


@transaction.atomic
def restore_room(*, by, conversation_id):
    room = lock_room(conversation_id, by)
    if room.archived_at is not None:
        room.archived_at = None
        room.save(update_fields=["archived_at"])
        add_event(room, by, _("{by} opened the room again."), what="restored")
        note_in(room, "room.restored", by=by)
        retell(room)
    return room


def lock_room(conversation_id, by, ability=policy.MANAGE):
    conversation = lock_conversation(conversation_id, by, ability)
    if conversation.kind != Conversation.Kind.ROOM:
        raise PermissionDenied(_("This is not a room."))
    return conversation


def _tell_purpose(room, by):
    if room.description:
        sentence = _("{by} described the room anew. It is for: {purpose}")
    else:
        sentence = _("{by} described the room anew. It says no more what it is for.")
    names = {"purpose": room.description}
    add_event(room, by, sentence, names, what="described", description=room.description)


def _tell_who_reads(room, by):
    """Those inside see another kind of room; those who read along lose what they were told of it, or have it again."""
    inside = room.memberships.values_list("user_id", flat=True)
    along = Notification.objects.filter(message__conversation=room, read_at=None).exclude(user__in=inside)
    fallen = fallen_in([room])
    outside = {*along.values_list("user_id", flat=True), *fallen.values_list("user_id", flat=True)}
    lock_inboxes({by.pk, *inside, *outside})
    if room.is_private:
        _see_that_somebody_runs(room, by)
    count_anew(along)
    end_invitations(fallen)
    retell(room)


def _see_that_somebody_runs(room, by):
    """A private room is run from within."""
    if moderators_of(room).exists():
        return
    add_memberships([room], [by.pk])
    room.memberships.filter(user=by).update(role=Membership.Role.MODERATOR)
    note_in(room, "room.run_on", by=None, on=person(by))


def _free_name(room, name):
    name = one_line(name, limit=80, field="name")
    others = Conversation.objects.filter(board=room.board_id, kind=room.kind).exclude(pk=room.pk)
    if others.filter(name__iexact=name).exists():
        raise ValidationError({"name": _("The board has a room of that name already.")})
    return name


def _description(description):
    return " ".join(paragraphs(description, limit=250, field="description").split())
