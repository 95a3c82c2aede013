"""Bringing channels in as rooms of a board: who is who, and what was said, in its order and at its times."""

from collections import Counter
from datetime import UTC, datetime
from itertools import islice
from uuid import NAMESPACE_URL, uuid5

from django.conf import settings

from accounts.actions import find_or_reserve_account

from ..actions.attaching import LARGEST
from ..actions.bringing_in import Brought, bring_in, open_room_for
from .fetching import fetched
from .words import emoji_of, in_markdown

AT_ONCE = 200  # messages in one transaction
# Of what Slack calls messages, what somebody said; the rest tells of channels.
SAID = {"", "bot_message", "me_message", "thread_broadcast", "file_share", "file_comment", "reply_broadcast"}
PRIVATE = {
    "groups.json": "private channels",
    "dms.json": "direct conversations",
    "mpims.json": "group conversations",
}


class Import:
    """`map` is {Slack's user id or address: user name here}; `taken` and `left` count what was taken, and not."""

    def __init__(self, archive, board, by, *, named=None, token="", writes=True):
        self._archive, self._board, self._by = archive, board, by
        self._named, self._token, self._writes = named or {}, token, writes
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
        profile = user.get("profile", {})
        address = profile.get("email", "")
        wanted = self._named.get(user["id"]) or self._named.get(address.lower())
        found, is_new = find_or_reserve_account(
            username=wanted or user.get("name", ""),
            address=address,
            name=_name(user),
            is_known=bool(wanted),
            writes=self._writes,
        )
        self.taken["new accounts" if is_new else "people who were here"] += 1
        return found

    def _bring(self, channel):
        said = filter(None, (self._brought(channel, one) for one in self._archive.messages_of(channel)))
        while batch := list(islice(said, AT_ONCE)):
            self.taken["messages"] += len(batch)
            if self._writes:
                self.taken["messages that were new"] += bring_in(self._rooms[channel["id"]].pk, batch)

    def _brought(self, channel, one):
        """The message as we keep it, or None for what is not taken."""
        kind = one.get("subtype", "")
        if kind not in SAID:
            self.left[f"lines of the kind {kind}"] += 1
            return None
        files, links = self._files(one.get("files") or ())
        words = [in_markdown(one.get("text"), self._usernames(), self._addresses()), *links]
        text = "\n".join(filter(None, words))
        if not text and not files:
            self.left["messages without words"] += 1
            return None
        limit = settings.LIVE["message_limit"]
        self.left["ends of messages that are too long"] += len(text) > limit
        author = self._people.get(one.get("user"))
        thread = one.get("thread_ts")
        return Brought(
            client_id=_client_id(channel, one["ts"]),
            author=author,
            author_name=author.name if author else one.get("username") or "Slack",
            body=text[:limit],
            said_at=_moment(one["ts"]),
            edited_at=_moment(one["edited"]["ts"]) if one.get("edited") else None,
            answers=_client_id(channel, thread) if thread and thread != one["ts"] else None,
            reactions=list(self._reactions(one.get("reactions") or ())),
            files=files,
        )

    def _reactions(self, reactions):
        for reaction in reactions:
            emoji = emoji_of(reaction["name"])
            if emoji is None:
                self.left[f"reactions :{reaction['name']}:"] += 1
            for id in reaction.get("users", ()) if emoji else ():
                if person := self._people.get(id):
                    yield person, emoji

    def _files(self, files):
        """([(name, content)] of those that are to be had, [a link to each of the others])."""
        kept, links = [], []
        for file in files:
            name, url = file.get("name") or file.get("title") or "file", file.get("url_private") or ""
            content = self._content(file)
            if content:
                kept.append((name, content))
                self.taken["files"] += 1
            elif url.startswith("https://"):
                links.append(f"[{name}]({url})")
                self.left["files that stay links"] += 1
            else:
                self.left["files that were deleted"] += 1
        return kept, links

    def _content(self, file):
        packed = self._archive.file(file.get("id"))
        if packed:
            with packed:
                content = packed.read(LARGEST + 1)
            return content if len(content) <= LARGEST else None
        url = file.get("url_private_download") or file.get("url_private")
        return fetched(url, self._token, LARGEST) if url and self._token and self._writes else None

    def _usernames(self):
        return {id: person.username for id, person in self._people.items()}

    def _addresses(self):
        return {id: (room.name, room.url) for id, room in self._rooms.items()}


def _about(channel):
    purpose, topic = (channel.get(name, {}).get("value", "") for name in ("purpose", "topic"))
    return {
        "name": channel["name"],
        "description": (purpose or topic)[:250],
        "is_archived": bool(channel.get("is_archived")),
    }


def _name(user):
    profile = user.get("profile", {})
    return profile.get("display_name") or profile.get("real_name") or user.get("name", "")


def _client_id(channel, ts):
    """Always the same for the same message: what was taken once is found again."""
    return uuid5(NAMESPACE_URL, f"slack:{channel['id']}:{ts}")


def _moment(ts):
    return datetime.fromtimestamp(float(ts), UTC)
