"""The WebSocket consumer of a person's inbox: everything that is theirs, on whatever page they are."""

from boards.stream import brings_or_takes, card_that_concerns, people_shown_since
from live.database.snapshot import snapshot
from live.ids import LARGEST_ID, is_id
from live.rate import limit_rate
from live.sockets.close_codes import RESTART
from live.sockets.errors import Malformed
from live.sockets.socket import LiveSocket
from live.streams import heads_of, source_of
from live.tracks.follower import Follower

from .. import inbox_frames, looking
from ..actions import keep_draft, mark_notifications_read
from ..models import stream_of
from ..queries import appearances, drafts, kept, wishes
from ..queries.places import boards_of, ids_of_mine, places_of, unread_mentions
from .whispers import tell_roster

DIALECT = "inbox"
SETTLE = 0.05  # seconds in which several changes of what is mine are taken together
MOST_IDS = 500
MOST_PEOPLE = 500  # in one answer; whoever asked asks on
LONGEST_IDLE = 2**31  # seconds


class InboxConsumer(LiveSocket):
    """Follows my inbox, my conversations and my boards: `ws/inbox/`. Both dialects say the same."""

    def __init__(self):
        self.followers = {}  # by stream
        self.known = {}  # {stream of a board: the revision up to which we have looked for what was born there}
        self.present_on = set()  # boards on which I am seen
        self.awaited = set()  # streams of what was told as mine, and is not followed yet
        self.settling = self.look = None
        self.is_settling = True  # until it has arrived
        self.boards = []  # as told last

    @property
    def user(self):
        return self.scope["user"]

    async def arrive(self):
        self.look = looking.Look(self.user_id)
        self.own_key = f"inbox:{self.user_id}"
        try:
            await self._follow(await self.hub.reading.run(self._keys), self._everything)
        finally:
            self.is_settling = False

    # -- what is followed ------------------------------------------------------------------------------------

    def _keys(self):
        """The streams in which something of mine may change."""
        return self._mine()[0]

    def _mine(self):
        """Those, and my boards as they are told."""
        boards = boards_of(self.user)
        keys = [
            self.own_key,
            *(stream_of(id) for id in ids_of_mine(self.user)),
            *(board.stream for board in boards),
        ]
        return keys, inbox_frames.as_told(boards)

    async def _follow(self, keys, tell):
        """Follow what of these is still mine, from where it stands, and say what `tell` has to tell of that moment."""
        if self.closed:
            return  # nobody would leave again what is followed now
        for key in keys:
            noticed = None if key.startswith("conversation:") else self._noticed
            self.followers[key] = Follower(key, DIALECT, self, noticed)
            self.hub.follow(self.followers[key])
        heads, mine, told = await self.hub.reading.run(self._moment, keys, tell)
        if self.closed:
            return
        self.say(*told)
        for key in keys:
            self._go_on(key, heads.get(key))
        self.awaited = mine - self.followers.keys()
        if self.awaited:
            self._look_soon()  # mine since we asked whom to follow
        await self._meet([key for key in keys if key.startswith("board:") and key in self.followers])

    def _go_on(self, key, head):
        """From there, unless it was lost while we looked."""
        if head is None:
            self._unfollow(key)
        elif key in self.followers:
            if key.startswith("board:"):
                self.known[key] = head.revision
            self.hub.caught_up(self.followers[key], head)

    def _moment(self, keys, tell):
        """({key: head} of what is mine, the keys of all that is, as far as it was looked at; frames)"""
        with snapshot():
            heads = heads_of(keys)
            places, boards, told = tell(keys, heads)
        of_places = (stream_of(place["conversation_id"]) for place in places)
        mine = {self.own_key, *of_places, *(board.stream for board in boards)}
        return {key: head for key, head in heads.items() if key in mine}, mine, told

    def _everything(self, keys, heads):
        revision = heads[self.own_key].revision
        unread = sum(unread_mentions(self.user).values())
        places, boards = places_of(self.user), boards_of(self.user)
        self.boards = inbox_frames.as_told(boards)
        told = [
            inbox_frames.inbox_welcome(revision, self.hub.mode, self.user),
            inbox_frames.inbox(
                places,
                boards,
                unread,
                drafts.begun(self.user_id),
                wishes.told(wishes.of(self.user)),
                map(kept.told_saved, kept.saved_now(self.user_id)),
                map(kept.told_scheduled, kept.scheduled_now(self.user_id)),
                heads[self.own_key].people_revision,
            ),
        ]
        return places, boards, told

    def _states(self, keys, heads):
        """What was counted when a conversation became mine may be old by the time it is followed."""
        ids = [source_of(key)[1] for key in keys if key.startswith("conversation:")]
        places = places_of(self.user, ids)
        return places, boards_of(self.user), map(inbox_frames.conversation_joined, places)

    def _unfollow(self, key):
        """Whose room or card it was is told so: of a card nothing else does."""
        if key.startswith("conversation:") and not self.closed:
            self.say(inbox_frames.conversation_left(source_of(key)[1]))
        self.known.pop(key, None)
        follower = self.followers.pop(key, None)
        if follower is not None:
            self.hub.leave(follower)
        if key in self.present_on:
            self.present_on.discard(key)
            self.hub.roster.depart(key, self.user_id)

    def _noticed(self, key, change, revision):
        """My inbox or a board of mine changed: perhaps other conversations are mine now, or a card of mine went on.

        Most of what happens on a board is no reason to look, and every inbox of the board would: a card is moved or
        spoken of.
        """
        known = self.known.get(key, 0)
        if key == self.own_key or brings_or_takes(change, known):
            self.known[key] = max(known, change.born)
            self._look_soon()
        if key != self.own_key and (task_id := card_that_concerns(self.user_id, change, revision)):
            self.say(inbox_frames.my_card_changed(task_id))

    def _look_soon(self):
        if self.settling is None and not self.closed:
            self.settling = self.hub.loop.call_later(SETTLE, self._settle)

    def _settle(self):
        """One look at a time: what an earlier one saw must not undo what a later one did."""
        self.settling = None
        if self.is_settling:
            self._look_soon()
        elif not self.closed:
            self.hub.do(self._settle_anew())

    async def _settle_anew(self):
        """Nobody would tell of it again: who cannot be told now begins anew, and is told everything."""
        self.is_settling = True
        try:
            await self._follow_what_is_mine()
        except Exception as error:
            self.give_up(error)
        finally:
            self.is_settling = False

    async def _follow_what_is_mine(self):
        keys, boards = await self.hub.reading.run(self._mine)
        if self.closed:
            return
        if named(boards) != named(self.boards):
            self.say(inbox_frames.boards_changed(boards))
        self.boards = boards
        for key in (self.followers.keys() | self.awaited) - set(keys):
            self._unfollow(key)
        self.awaited = set()
        new = [key for key in keys if key not in self.followers]
        if new:
            await self._follow(new, self._states)

    async def _meet(self, boards):
        """Be seen on my boards, and see who is there."""
        if not boards:
            return
        for key in boards:
            self.present_on.add(key)
            self.hub.roster.arrive(key, self.user_id)
        met = [self.hub.roster.introduction(key) for key in boards]
        here, away = (sorted(set().union(*(one[who] for one in met))) for who in ("here", "away"))
        whisper = {"here": here, "away": away, "count": len(here)}
        told = await self.hub.reading.run(lambda: list(tell_roster(whisper)))
        self.say(*told)

    def reset(self, key, head):
        """Everything of mine is told anew on coming back."""
        self.close(RESTART)

    def lost(self, key):
        """One conversation or board is no longer mine; the rest stays."""
        self._unfollow(key)
        self._look_soon()

    def left(self):
        if self.look is not None:
            self.hub.do(self.look.turns_to(None))
            self.hub.roster.attention.closes(self.user_id, self)
        for key in list(self.followers):
            self._unfollow(key)

    # -- hearing ---------------------------------------------------------------------------------------------

    async def hear(self, frame):
        match frame:
            case {"type": "refresh", "conversation_id": id} if is_id(id):
                self.say(*await self.hub.reading.run(self._refreshed, id))
            case {"type": "people", "board_id": int(id), "since": int(since)} if is_id(id) and is_count(
                since
            ):
                told = await self.hub.reading.run(people_shown_since, id, since, self.user, MOST_PEOPLE)
                self.say(told)
            case {"type": "people", "board_id": None, "since": int(since)} if is_count(since):
                self.say(await self.hub.reading.run(appearances.told_since, self.user, since, MOST_PEOPLE))
            case {"type": "notifications_read", "all": True}:
                await self.hub.writing.run(mark_notifications_read, by=self.user)
            case {"type": "notifications_read", "ids": list(ids)} if are_ids(ids):
                await self.hub.writing.run(mark_notifications_read, by=self.user, ids=ids)
            case {"type": "looking", "conversation_id": place} if place is None or is_place(place):
                self._looks(place, frame.get("idle", 0))
            case {"type": "keep_draft", "conversation_id": int(id), "text": str(text)} if is_id(id):
                await self._keep_draft(id, text, frame.get("reply_to"))
            case _:
                raise Malformed

    def _looks(self, place, idle):
        """`idle` are the seconds since its person last touched the page."""
        if type(idle) is not int or not 0 <= idle < LONGEST_IDLE:
            raise Malformed("idle must be seconds.")
        self.hub.do(self.look.turns_to(place))
        self.hub.roster.attention.tells(self.user_id, self, idle)

    async def _keep_draft(self, conversation_id, text, reply_to):
        if reply_to is not None and not is_id(reply_to):
            raise Malformed("reply_to must be an id.")
        limit_rate(self.user)
        self.say(await self.hub.writing.run(self._kept, conversation_id, text, reply_to))

    def _kept(self, conversation_id, text, reply_to):
        draft = keep_draft(by=self.user, conversation_id=conversation_id, body=text, reply_to=reply_to)
        return inbox_frames.draft_changed(drafts.told_of(draft))

    def _refreshed(self, conversation_id):
        return [inbox_frames.conversation_state(place) for place in places_of(self.user, [conversation_id])]


def are_ids(values):
    return len(values) <= MOST_IDS and all(map(is_id, values))


def is_place(value):
    return value == looking.NOWHERE or is_id(value)


def is_count(value):
    return type(value) is int and 0 <= value <= LARGEST_ID


def named(boards):
    """What is told anew of boards; how their people are shown is told by itself."""
    return [(board["board_id"], board["name"]) for board in boards]
