"""The files of a conversation, in the order in which they were posted, page by page."""

from dataclasses import dataclass

from django.db.models import F, Q

from accounts.zones import iso

from ..models import Attachment
from ..pictures import TYPES
from .snapshots import attached

PAGE = 50


@dataclass(frozen=True)
class FilePage:
    files: list
    more_before: bool
    more_after: bool

    @property
    def told(self):
        """As JSON speaks of it; the files as messages have them, and where each was said."""
        files = [{**attached(file), **_said(file)} for file in self.files]
        return {"files": files, "more_before": self.more_before, "more_after": self.more_after}


def files_of(conversation, *, before=None, after=None, pictures=False):
    """The latest files, or those next to one (an id) on one side. What was taken back or cleared away is none."""
    shown = Attachment.objects.filter(conversation=conversation, message__deleted_at=None)
    shown = shown.filter(message__seq__gt=conversation.cleared_seq)
    if pictures:
        shown = shown.filter(content_type__in=TYPES.values())
    shown = shown.select_related("message__author").annotate(seq=F("message__seq"))
    if after is not None:
        found = list(_beyond(shown, after, "gt").order_by("seq", "place", "pk")[: PAGE + 1])
        return FilePage(found[:PAGE], True, len(found) > PAGE)
    found = list(_beyond(shown, before, "lt").order_by("-seq", "-place", "-pk")[: PAGE + 1])
    return FilePage(found[:PAGE][::-1], len(found) > PAGE, before is not None)


def _beyond(shown, file_id, side):
    if file_id is None:
        return shown
    found = shown.filter(pk=file_id).values_list("seq", "place").first()
    if found is None:
        return shown.none()
    seq, place = found
    beyond_it = Q(**{f"place__{side}": place}) | Q(**{"place": place, f"pk__{side}": file_id})
    return shown.filter(Q(**{f"seq__{side}": seq}) | Q(beyond_it, seq=seq))


def _said(file):
    message = file.message
    name = message.author.name if message.author else message.author_name
    return {
        "message_id": message.pk,
        "seq": message.seq,
        "user_id": message.author_id,
        "display_name": name,
        "timestamp": iso(message.created_at),
    }
