"""The desk takes in posts. Those that come while others are written are written together, whatever they are for.

A write starts at once when none is under way, so nobody waits for company; under load each commit carries many. What
is being told in a large room is told first, and what comes meanwhile is then written, and told, together: a room takes
in no more than it can pass on. Where the database locks rows, many that wait are written beside those it is writing, as
long as they are for other conversations. A write waits a moment for conversations that others write in; where that
takes longer, theirs are written apart, so that the rest need not wait.
"""

import asyncio
import logging
from contextlib import suppress
from functools import cache, partial

from live.database.pool import Busy

from .actions import post_messages
from .actions.changing import BRIEFLY, LONG, NOT, Held, locks_rows

log = logging.getLogger("messaging")

MOST_TOGETHER = 256  # posts in one commit
MANY = 32  # posts that wait, for whom a second write is begun
PATIENCE = 0.1  # seconds that posts wait, at most, for what is being told in their room


class Desk:
    def __init__(self, hub):
        self._hub = hub
        self._waiting = {}  # conversation id -> [(post, answer)]
        self._due = {}  # conversation id -> when the patience of those ends
        self._count = 0  # posts that wait
        self._apart = set()  # conversations whose posts have a writer of their own
        self._together = set()  # conversations of which posts are being written with others'
        self._writers, self._most_writers = 0, 2 if locks_rows() else 1
        self._stirred = asyncio.Event()  # by a post, or by a room that has fallen silent
        hub.silences.append(self._stirred.set)

    def post(self, conversation_id, post, answer):
        """`answer` is called on the loop: with the message, once it is committed, or with the exception, when it is
        refused or cannot be written."""
        self._waits_for(conversation_id).append((post, answer))
        self._count += 1
        if conversation_id not in self._apart and (self._writers == 0 or self._may_write_more()):
            self._writers += 1
            self._hub.do(self._write_all())
        self._stirred.set()

    async def _write_all(self):
        try:
            while batch := self._taken(await self._next_conversations()):
                outcomes = await self._outcomes_together(batch)
                self._write_apart(
                    [entry for entry, outcome in zip(batch, outcomes, strict=True) if is_held(outcome)]
                )
                tell(batch, outcomes)
                if isinstance(outcomes[0], Busy):
                    self._turn_away(outcomes[0])
        finally:
            self._writers -= 1

    def _may_write_more(self):
        return self._writers < self._most_writers and self._count >= MANY

    async def _outcomes_together(self, batch):
        conversations = {conversation_id for conversation_id, *_ in batch}
        self._together |= conversations
        try:
            return await self._outcomes(batch, self._waiting_briefly)
        finally:
            self._together -= conversations

    async def _next_conversations(self):
        """Where posts wait and nothing is being told, or whose patience is at its end."""
        while True:
            self._stirred.clear()
            waiting = [id for id in self._waiting if id not in self._apart and id not in self._together]
            now = self._hub.loop.time()
            ready = [id for id in waiting if self._due[id] <= now or not self._is_spoken_in(id)]
            if ready or not waiting:
                return ready
            with suppress(TimeoutError):
                async with asyncio.timeout_at(min(self._due[id] for id in waiting)):
                    await self._stirred.wait()

    def _is_spoken_in(self, conversation_id):
        return self._hub.is_speaking(f"conversation:{conversation_id}", len(self._waiting[conversation_id]))

    def _turn_away(self, busy):
        """Whoever waited behind those who waited in vain would wait as long again: they hear so now."""
        for conversation_id in [id for id in self._waiting if id not in self._apart]:
            batch = [(conversation_id, *entry) for entry in self._no_longer_waiting(conversation_id)]
            self._count -= len(batch)
            tell(batch, [busy] * len(batch))

    def _write_apart(self, held):
        """What had to be left goes back to the head of the queue of its conversation."""
        for conversation_id, *entry in reversed(held):
            self._waits_for(conversation_id).insert(0, tuple(entry))
            self._count += 1
            if conversation_id not in self._apart:
                self._apart.add(conversation_id)
                self._hub.do(self._write_alone(conversation_id))

    async def _write_alone(self, conversation_id):
        """As long as there is something to write here; in turn with the edits and reactions of this process."""
        try:
            while batch := self._taken([conversation_id]):
                tell(batch, await self._outcomes(batch, self._in_turn(conversation_id), waits=LONG))
        finally:
            self._apart.discard(conversation_id)

    def _in_turn(self, conversation_id):
        return partial(self._hub.writing.run_in_turn, f"conversation:{conversation_id}")

    def _taken(self, conversation_ids):
        """The next posts of these conversations, as (conversation id, post, answer); no more than fit in a commit.

        Whoever has waited longest comes first: what does not fit goes behind those that came meanwhile.
        """
        batch = []
        for conversation_id in conversation_ids:
            room_left = MOST_TOGETHER - len(batch)
            if not room_left:
                break
            posts = self._no_longer_waiting(conversation_id)
            batch += [(conversation_id, *entry) for entry in posts[:room_left]]
            if posts[room_left:]:
                self._waits_for(conversation_id).extend(posts[room_left:])
        self._count -= len(batch)
        return batch

    def _waits_for(self, conversation_id):
        """A list of what does."""
        self._due.setdefault(conversation_id, self._hub.loop.time() + PATIENCE)
        return self._waiting.setdefault(conversation_id, [])

    def _no_longer_waiting(self, conversation_id):
        self._due.pop(conversation_id, None)
        return self._waiting.pop(conversation_id, [])

    async def _waiting_briefly(self, write, posts, *, waits):
        try:
            return await self._hub.writing.run(write, posts, waits=BRIEFLY)
        except Held:
            return await self._hub.writing.run(write, posts, waits=NOT)

    async def _outcomes(self, batch, run, waits=NOT):
        posts = [(conversation_id, post) for conversation_id, post, _ in batch]
        try:
            return await run(post_messages, posts, waits=waits)
        except asyncio.CancelledError:
            raise
        except Exception as error:
            return [error] * len(batch)


def is_held(outcome):
    return isinstance(outcome, Held)


def tell(batch, outcomes):
    """Whoever cannot be told keeps nobody else from being told."""
    for (_, _, answer), outcome in zip(batch, outcomes, strict=True):
        if not is_held(outcome):
            try:
                answer(outcome)
            except Exception:
                log.exception("A post was not answered.")


@cache
def desk_of(hub):
    """The one desk of a process."""
    return Desk(hub)
