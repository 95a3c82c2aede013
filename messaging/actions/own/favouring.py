"""Keeping conversations at hand: one's favourites, in one's own order."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from boards.ranks import between

from ...models import Membership
from ...queries.places import mine
from ..notices.inboxes import next_inbox_revision
from ..rooms.joining import begin_place

TOO_LONG = 90  # digits of a rank; then all are laid out anew


@transaction.atomic
def favour(*, by, conversation_id, before=None):
    """Keep a conversation of mine at hand: before that other favourite, or last. Also moves one that is there."""
    if not mine(by).filter(pk=conversation_id).exists():
        raise PermissionDenied(_("Only what is yours can be a favourite."))
    revision = next_inbox_revision(by.pk)  # the inbox is locked: one change of the order at a time
    others = _favourites(by).exclude(conversation=conversation_id)
    rank = _rank(list(others.values_list("conversation", "favourite")), before)
    if not _put(by, conversation_id, rank, revision):
        begin_place(by, conversation_id, favourite=rank, inbox_revision=revision)
    if len(rank) > TOO_LONG:
        _lay_out_anew(by, revision)


@transaction.atomic
def unfavour(*, by, conversation_id):
    """A conversation goes back to its place among the others."""
    if _favourites(by).filter(conversation=conversation_id).exists():
        _put(by, conversation_id, "", next_inbox_revision(by.pk))


def _favourites(by):
    return Membership.objects.filter(user=by).exclude(favourite="").order_by("favourite", "pk")


def _put(by, conversation_id, rank, revision):
    mine = Membership.objects.filter(user=by, conversation=conversation_id)
    return mine.update(favourite=rank, inbox_revision=revision)


def _rank(others, before):
    """A rank before that conversation among (conversation, rank), or after all of them."""
    ranks = [rank for _id, rank in others]
    at = next((n for n, (id, _rank) in enumerate(others) if id == before), len(others))
    return between(ranks[at - 1] if at > 0 else None, ranks[at] if at < len(ranks) else None)


def _lay_out_anew(by, revision):
    rank = None
    for membership in _favourites(by):
        rank = between(rank, None)
        _put(by, membership.conversation_id, rank, revision)
