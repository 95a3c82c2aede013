"""Talk is what is said in a room and kept nowhere: it is told at once, in the frames of a chat."""

from collections import Counter

from django.utils import timezone

from accounts.zones import iso
from live import announce_all
from live.sockets.errors import Malformed
from live.sockets.stream_consumer import StreamConsumer
from live.streams import Change, Head, Source
from messaging.line.dialects import say_v2
from messaging.models import Conversation, Message
from messaging.queries.snapshots import snapshot

EPOCH = "talk"
revisions = Counter()  # {room: where it stands}


class Talk(Source):
    kind = "talk"

    def heads(self, ids):
        return {id: head_of(id) for id in ids}

    def changes(self, id, since, limit):
        return []

    def allowed(self, id, user_ids):
        return set(user_ids)

    def say(self, change, revision, dialect, since):
        return say_v2(change, revision, since)


class TalkConsumer(StreamConsumer):
    def admit(self):
        self.room = self.scope["live.address"]["room_id"]
        self.key, self.standing = f"{Talk.kind}:{self.room}", head_of(self.room)

    def hear_at_once(self, frame):
        match frame:
            case {"type": "chat_message", "message": str(message), "client_id": str(client_id)}:
                self._say(message, client_id)
                return True
        raise Malformed

    def _say(self, message, client_id):
        revisions[self.room] = revision = revisions[self.room] + 1
        change = change_of(revision, self.scope["user"], message, client_id)
        tell_soon(self.hub.loop, (self.key, revision, change))


SAID = snapshot(Message(kind=Message.Kind.SAID), Conversation())  # what all messages have in common
_waiting = []


def head_of(room):
    return Head(revisions[room], EPOCH, access=0)


def change_of(revision, author, message, client_id):
    noun = SAID | {
        "id": revision,
        "seq": revision,
        "revision": revision,
        "born": revision,
        "client_id": client_id,
        "user_id": author.pk,
        "username": author.username,
        "display_name": author.display_name,
        "message": message,
        "timestamp": iso(timezone.now()),
    }
    return Change(revision, revision, noun, access=0)


def tell_soon(loop, news):
    """Once for all that was heard in a turn of the loop, as once for all that a write has kept."""
    if not _waiting:
        loop.call_soon(_tell)
    _waiting.append(news)


def _tell():
    news = _waiting.copy()
    _waiting.clear()
    announce_all(news)
