"""Importing channels as rooms of a board: their people, and their messages with the original order and times."""

from collections import Counter
from itertools import islice
from uuid import NAMESPACE_URL, uuid5

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from accounts.actions import find_or_reserve_account
from accounts.models import User
from accounts.names import one_line

from ..actions.past.importing import Brought, Known, bring_files, bring_in, open_room_for
from ..models import Message
from ..text.wording import UNKEPT
from .archive import moment
from .files import Files
from .words import emoji_of, in_markdown

AT_ONCE = 200  # messages in one transaction
HEAVY = 32 * 1024 * 1024  # bytes of files, after which the transaction ends earlier
# The subtypes of messages that somebody wrote; the others tell of events in the channel.
SAID = {"", "bot_message", "me_message", "thread_broadcast", "file_share", "file_comment", "reply_broadcast"}
PRIVATE = {
    "groups.json": "private channels",
    "dms.json": "direct conversations",
    "mpims.json": "group conversations",
}


class Import:
    """`named` is {Slack's user id or address: user name here}. Without `writes`, it only counts.

    `taken` and `left` are {what: how many} of what was imported, and of what was left out.
    """

    def __init__(self, archive, board, by, *, named=None, token="", writes=True):
        self._archive, self._board, self._by = archive, board, by
        self._named, self._writes = named or {}, writes
        self._files = Files(archive, token if writes else "")
        self.taken, self.left = Counter(), Counter()
        self._people, self._rooms = {}, {}

    def run(self):
        for user in self._archive.users:
            self._people[user["id"]] = self._person(user)
        channels = self._archive.channels
        if self._writes:
            for channel in channels:
                self._rooms[channel["id"]] = open_room_for(
                    self._board, self._by, channel["id"], **_about(channel)
                )
        for channel in channels:
            self.taken["rooms"] += 1
            self._bring(channel)
        for name, what in PRIVATE.items():
            self.left[what] += self._archive.count_of(name)

    def _person(self, user):
        address = _address(user)
        wanted = self._named.get(user["id"]) or self._named.get(address.lower())
        found, is_new = find_or_reserve_account(
            username=wanted or _text(user, "name"),
            address=address,
            name=_name(user),
            is_known=bool(wanted),
            writes=self._writes,
        )
        self.taken["new accounts" if is_new else "people who were here"] += 1
        return found

    def _bring(self, channel):
        said = (one for one in self._archive.messages_of(channel) if self._is_said(one))
        known = Known(self._rooms[channel["id"]].pk) if self._writes else None
        while batch := list(islice(said, AT_ONCE)):
            new, there = _parted(batch, known, channel)
            self._bring_new(channel, known, new)
            self._bring_late(channel, there)

    def _is_said(self, one):
        kind = _text(one, "subtype")
        if kind not in SAID:
            self.left[f"lines of the kind {kind}"] += 1
        return kind in SAID

    def _bring_new(self, channel, known, batch):
        for portion in _portions(filter(None, (self._brought(channel, one) for one in batch))):
            if self._writes:
                portion = bring_in(self._rooms[channel["id"]].pk, portion, known)
                self.taken["messages that were new"] += len(portion)
            self.taken["messages"] += len(portion)
            self.taken["files"] += sum(len(one.files) for one in portion)

    def _bring_late(self, channel, there):
        """For messages imported earlier, {message id: Slack's message}: import files that were not available then."""
        self.taken["messages"] += len(there)
        with_files = [id for id, one in there.items() if one.get("files")]
        for id, body in Message.objects.filter(pk__in=with_files).values_list("pk", "body"):
            if found := self._files.available_now(there[id], body):
                self.taken["files"] += bring_files(self._rooms[channel["id"]].pk, id, found)

    def _brought(self, channel, one):
        """A message of Slack's as a Brought, or None if there is nothing to import, or it is no message of Slack's."""
        try:
            return self._read(channel, one)
        except (LookupError, TypeError, AttributeError, ValueError, OverflowError):
            self.left["messages that make no sense"] += 1
            return None

    def _read(self, channel, one):
        files = self._files.of(one)
        self.left["files that stay links"] += len(files.links)
        self.left["files that were deleted"] += files.deleted
        words = [in_markdown(one.get("text"), self._usernames(), self._addresses()), *files.links]
        text = UNKEPT.sub("", "\n".join(filter(None, words)))
        if not text and not files.kept:
            self.left["messages without words"] += 1
            return None
        limit = settings.LIVE["message_limit"]
        self.left["ends of messages that are too long"] += len(text) > limit
        author = self._people.get(one.get("user"))
        thread = one.get("thread_ts")
        return Brought(
            client_id=_client_id(channel, one["ts"]),
            author=author,
            author_name=author.name if author else one_line(_text(one, "username")) or "Slack",
            body=text[:limit],
            said_at=moment(one["ts"]),
            edited_at=moment(one["edited"]["ts"]) if one.get("edited") else None,
            answers=_client_id(channel, thread) if thread and thread != one["ts"] else None,
            reactions=list(self._reactions(one.get("reactions") or ())),
            files=files.kept,
        )

    def _reactions(self, reactions):
        for reaction in reactions:
            emoji = emoji_of(reaction["name"])
            if emoji is None:
                self.left[f"reactions :{reaction['name']}:"] += 1
            for id in reaction.get("users", ()) if emoji else ():
                if person := self._people.get(id):
                    yield person, emoji

    def _usernames(self):
        return {id: person.username for id, person in self._people.items()}

    def _addresses(self):
        return {id: (room.name, room.url) for id, room in self._rooms.items()}


def _parted(batch, known, channel):
    """([new messages], {id here: message that was imported before}); without `known` all are new."""
    ids = [known and known.get(_client_id(channel, one["ts"])) for one in batch]
    there = {id: one for id, one in zip(ids, batch, strict=True) if id}
    return [one for id, one in zip(ids, batch, strict=True) if not id], there


def _portions(brought):
    """Yields lists of messages, each with not much more than HEAVY bytes of files."""
    portion, weight = [], 0
    for one in brought:
        portion.append(one)
        weight += sum(len(content) for _, content in one.files)
        if weight > HEAVY:
            yield portion
            portion, weight = [], 0
    if portion:
        yield portion


def _about(channel):
    purpose, topic = (_text(channel, name, "value") for name in ("purpose", "topic"))
    return {
        "name": channel["name"],
        "description": (purpose or topic)[:250],
        "is_archived": bool(channel.get("is_archived")),
    }


def _name(user):
    shown = (_text(user, "profile", name) for name in ("display_name", "real_name"))
    return next(filter(None, shown), "") or _text(user, "name")


def _address(user):
    """ "" for what is no address, or longer than the database keeps."""
    address = _text(user, "profile", "email")
    try:
        validate_email(address)
    except ValidationError:
        return ""
    return address if len(address) <= User._meta.get_field("email").max_length else ""


def _text(told, *path):
    """The text at the end of these keys, without what cannot be stored; "" where there is none."""
    for key in path:
        told = told.get(key) if isinstance(told, dict) else None
    return UNKEPT.sub("", told) if isinstance(told, str) else ""


def _client_id(channel, ts):
    """The same UUID for the same message each time, so that a second import finds it."""
    return uuid5(NAMESPACE_URL, f"slack:{channel['id']}:{ts}")
