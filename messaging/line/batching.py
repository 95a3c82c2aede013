"""Posts are written in batches: those that come while others are written go together, whatever they are for.

A write starts at once when none is under way; under load each commit carries many. What is being told in a large room
is told first, and what comes meanwhile is then written, and told, together: a room takes in no more than it can pass
on. Where the database locks rows, a second batch for other conversations is written beside the first when many posts
wait. A batch waits a moment for conversations that others write in; where that takes longer, their posts are written
apart, so that the rest need not wait.
"""

import asyncio
import logging
from contextlib import suppress
from functools import cache

from live.database.pool import Busy

from ..actions import post_messages
from ..actions.changing import BRIEFLY, LONG, NOT, Held, locks_rows
from ..models import stream_of
from .queue import Queue

log = logging.getLogger("messaging")

MOST_TOGETHER = 256  # posts in one commit
MANY = 32  # posts that wait, for whom a second write is begun


class Batcher:
    def __init__(self, hub):
        self._hub = hub
        self._queue = Queue(hub.loop.time)
        self._together = set()  # conversations of which posts are being written with others'
        self._apart = set()  # conversations whose posts have a writer of their own
        self._writers, self._most_writers = 0, 2 if locks_rows() else 1  # of posts together
        self._stirred = asyncio.Event()  # by a post, or by a room that has fallen silent
        hub.silences.append(self._stirred.set)

    def post(self, conversation_id, post, answer):
        """`answer` is called on the loop: with the message, once it is committed, or with the exception, when it is
        refused or cannot be written."""
        self._queue.add((conversation_id, post, answer))
        if conversation_id not in self._apart and (self._writers == 0 or self._may_write_more()):
            self._writers += 1
            self._hub.do(self._write_all())
        self._stirred.set()

    def _may_write_more(self):
        return self._writers < self._most_writers and self._queue.count >= MANY

    # -- together --------------------------------------------------------------------------------------------

    async def _write_all(self):
        try:
            while batch := self._queue.take(await self._next_conversations(), MOST_TOGETHER):
                outcomes = await outcomes_of(batch, self._write_together(batch))
                self._write_apart(
                    [entry for entry, outcome in zip(batch, outcomes, strict=True) if is_held(outcome)]
                )
                tell(batch, outcomes)
                if isinstance(outcomes[0], Busy):
                    self._turn_away(outcomes[0])
        finally:
            self._writers -= 1

    async def _next_conversations(self):
        """Where posts wait and nothing is being told, or whose patience is at its end."""
        while True:
            self._stirred.clear()
            waiting = [id for id in self._queue if id not in self._apart and id not in self._together]
            ready = [id for id in waiting if self._queue.is_impatient(id) or not self._is_spoken_in(id)]
            if ready or not waiting:
                return ready
            with suppress(TimeoutError):
                async with asyncio.timeout_at(self._queue.next_due(waiting)):
                    await self._stirred.wait()

    def _is_spoken_in(self, conversation_id):
        return self._hub.is_speaking(stream_of(conversation_id), self._queue.count_of(conversation_id))

    async def _write_together(self, batch):
        """Held for those of conversations that others write in for more than a moment."""
        conversations, posts = {conversation_id for conversation_id, *_ in batch}, posts_in(batch)
        self._together |= conversations
        try:
            return await self._hub.writing.run(post_messages, posts, waits=BRIEFLY)
        except Held:
            return await self._hub.writing.run(post_messages, posts, waits=NOT)
        finally:
            self._together -= conversations

    def _turn_away(self, busy):
        """Whoever waited behind those who waited in vain would wait as long again: they hear so now."""
        batch = self._queue.take([id for id in self._queue if id not in self._apart], self._queue.count)
        tell(batch, [busy] * len(batch))

    # -- apart -----------------------------------------------------------------------------------------------

    def _write_apart(self, held):
        self._queue.put_back(held)
        for conversation_id in {conversation_id for conversation_id, *_ in held} - self._apart:
            self._apart.add(conversation_id)
            self._hub.do(self._write_alone(conversation_id))

    async def _write_alone(self, conversation_id):
        """As long as there is something to write here; in turn with the edits and reactions of this process."""
        run_in_turn, key = self._hub.writing.run_in_turn, stream_of(conversation_id)
        try:
            while batch := self._queue.take([conversation_id], MOST_TOGETHER):
                written = run_in_turn(key, post_messages, posts_in(batch), waits=LONG)
                tell(batch, await outcomes_of(batch, written))
        finally:
            self._apart.discard(conversation_id)


async def outcomes_of(batch, writing):
    """What is awaited: an outcome for each of the batch. What hinders the writing is the outcome of all."""
    try:
        return await writing
    except Exception as error:
        return [error] * len(batch)


def tell(batch, outcomes):
    """Whoever cannot be told keeps nobody else from being told. Who is Held is so once their post is written apart."""
    for (_, _, answer), outcome in zip(batch, outcomes, strict=True):
        if not is_held(outcome):
            try:
                answer(outcome)
            except Exception:
                log.exception("A post was not answered.")


def posts_in(batch):
    return [(conversation_id, post) for conversation_id, post, _ in batch]


def is_held(outcome):
    return isinstance(outcome, Held)


@cache
def batcher_of(hub):
    """The one of a process."""
    return Batcher(hub)
