"""An export of one room, as JSON for programs and as a page for people."""

from itertools import chain

from django.contrib.auth import get_user_model
from django.template.loader import render_to_string
from django.utils import timezone

from live.database.snapshot import snapshot

from ..models import Conversation
from . import records
from .archive import write_files, write_json, write_lines
from .everything import files_of, messages_of

PAGE, ROW = "messaging/own/exported_room.html", "messaging/message/_exported_message.html"
HERE = "<!-- messages -->"


def write_room(archive, conversation):
    """Write room.json, messages.jsonl, room.html and the files. Of people it only has ids and names."""
    with snapshot(may_pause=True):
        here = Conversation.objects.filter(pk=conversation.pk)
        one = here.select_related("board").prefetch_related("memberships").get()
        people = _people(here)
        told = {**records.conversation(one), "people": people, "made_at": timezone.now()}
        write_json(archive, "room.json", told)
        write_lines(archive, "messages.jsonl", messages_of(here))
        with archive.open("room.html") as file:
            for piece in _page(one, messages_of(here)):
                file.write(piece.encode())
        write_files(archive, files_of(here), records.path_of)


def _people(conversations):
    """[{id, username, name}] of the people who are in these conversations, or wrote there."""
    people = get_user_model().objects
    inside = people.filter(conversation_memberships__conversation__in=conversations)
    spoke = people.filter(messages__conversation__in=conversations)
    named = inside.union(spoke).values_list("pk", "username", "display_name")
    return [{"id": pk, "username": username, "name": name or username} for pk, username, name in named]


def _page(conversation, messages):
    """Yields the page in pieces: what is before the messages, each message, and what is after them."""
    page = render_to_string(PAGE, {"room": conversation, "made_at": timezone.now(), "here": HERE})
    before, _, after = page.partition(HERE)
    rows = (render_to_string(ROW, {"message": one}) for one in messages)
    return chain([before], rows, [after])
