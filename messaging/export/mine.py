"""An export of one person's own data: profile, boards, messages, files, drafts and scheduled messages."""

from itertools import chain

from django.utils import timezone

from live.database.snapshot import snapshot

from ..models import Attachment, Conversation, Draft, Message, Scheduled
from . import records
from .archive import write_files, write_json, write_lines

ABOUT = """What is in here

profile.json      who you are here
boards.json       the boards you are on
messages.jsonl    what you said, one JSON object on a line, with the name of the place while you may read it
drafts.jsonl      what you began to write
scheduled.jsonl   what you wrote to be sent later
files/            what you sent; a message's "files" name the path of each
"""


def write_mine(archive, user):
    """Write all files of the export.

    It has the person's messages from places that they may not read any more too, but not the names of those places.
    """
    with snapshot(may_pause=True):
        write_json(archive, "profile.json", {**_profile(user), "made_at": timezone.now()})
        write_json(archive, "boards.json", _boards(user))
        names = _names(user)
        told = ({**one, "place": names.get(one["conversation"])} for one in _said(user))
        write_lines(archive, "messages.jsonl", told)
        write_lines(archive, "drafts.jsonl", map(_draft, Draft.objects.filter(user=user).exclude(body="")))
        waiting = Scheduled.objects.filter(author=user, sent_at=None, cancelled_at=None)
        write_lines(archive, "scheduled.jsonl", map(_scheduled, waiting))
        files = Attachment.objects.filter(uploader=user, message__deleted_at=None, message__isnull=False)
        write_files(archive, chain.from_iterable(records.in_batches(files)), records.path_of)
    with archive.open("README.txt") as file:
        file.write(ABOUT.encode())


def _profile(user):
    told = ("theme", "density", "last_seen_at", "shares_presence", "shares_receipts")
    return {**records.person(user), **{name: getattr(user, name) for name in told}}


def _boards(user):
    memberships = user.board_memberships.select_related("board").order_by("board")
    return [
        {"id": one.board_id, "name": one.board.name, "role": one.role, "joined_at": one.joined_at}
        for one in memberships
    ]


def _names(user):
    """{conversation id: name} of those this person may read."""
    visible = Conversation.objects.visible_to(user).values_list("pk", "name", "task__title")
    return {pk: title or name or "Direct conversation" for pk, name, title in visible}


def _said(user):
    theirs = Message.objects.shown().filter(author=user, deleted_at=None).exclude(kind=Message.Kind.SYSTEM)
    for batch in records.in_batches(theirs.select_related("author", "pin")):
        yield from records.messages(batch)


def _draft(draft):
    return {"conversation": draft.conversation_id, "text": draft.body, "changed_at": draft.changed_at}


def _scheduled(one):
    return {"conversation": one.conversation_id, "text": one.body, "send_at": one.send_at}
