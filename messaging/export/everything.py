"""An export of everything that an installation holds, except secrets and drafts, as of one moment."""

from itertools import chain

from django.contrib.auth import get_user_model
from django.db.models import F
from django.utils import timezone

from boards.models import Board, Task
from live.database.snapshot import snapshot

from ..models import Attachment, Conversation, Message
from . import records
from .archive import write_files, write_json, write_lines

FORMAT = 1
ABOUT = """What is in here

Each .jsonl file holds one JSON object on a line. Times are ISO 8601 in UTC. Nouns name each other by "id".

people.jsonl         everybody with an account
boards.jsonl         boards with their members, columns and labels
cards.jsonl          the cards of the boards; within a column they stand in the order of "rank"
conversations.jsonl  rooms, the comments of cards and direct conversations, with who is in them
messages.jsonl       what was said, in the order of "seq" within each "conversation"; "text" is as it was written,
                     "html" the same as it is shown (null: as plain text), "earlier" what it said before it was edited
files/               what was sent; a message's "files" name the path of each
export.json          when this was made, what it holds, and which files were not to be found
"""


def write_everything(archive, *, with_private=False):
    """Write all files of the export, and return the content of export.json.

    Private rooms and direct conversations only `with_private`; never passwords, sessions, keys or drafts. Few rows are
    in memory at a time.
    """
    with snapshot(may_pause=True):
        made_at, of_scope = timezone.now(), {} if with_private else {"is_private": False}
        conversations = Conversation.objects.filter(**of_scope)
        cards = Task.objects.prefetch_related("assignees", "labels", "checklist")
        nouns = (
            ("people", records.person, get_user_model().objects.all()),
            ("boards", records.board, Board.objects.all()),
            ("cards", records.card, cards),
            ("conversations", records.conversation, conversations.prefetch_related("memberships")),
        )
        counts = {name: _write(archive, name, tell, rows) for name, tell, rows in nouns}
        counts["messages"] = write_lines(archive, "messages.jsonl", messages_of(conversations))
        missing = write_files(archive, files_of(conversations), records.path_of)
    with archive.open("README.txt") as file:
        file.write(ABOUT.encode())
    told = {"format": FORMAT, "made_at": made_at, "with_private": with_private}
    told |= {"counts": counts, "missing_files": missing}
    write_json(archive, "export.json", told)
    return told


def messages_of(conversations):
    """Yields the records of all messages that are not cleared, conversation by conversation."""
    spoken = conversations.filter(last_seq__gt=F("cleared_seq"))
    for one in chain.from_iterable(records.in_batches(spoken)):
        shown = Message.objects.filter(conversation=one, seq__gt=one.cleared_seq)
        for batch in records.in_batches(shown.select_related("author", "pin"), key="seq"):
            yield from records.messages(batch)


def files_of(conversations):
    standing = Attachment.objects.filter(conversation__in=conversations, message__deleted_at=None)
    return chain.from_iterable(
        records.in_batches(standing.filter(message__seq__gt=F("conversation__cleared_seq")))
    )


def _write(archive, name, tell, rows):
    return write_lines(archive, f"{name}.jsonl", map(tell, chain.from_iterable(records.in_batches(rows))))
