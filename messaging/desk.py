"""The desk takes in posts. Those that come while others of their conversation are written are written together.

A write starts at once when none is under way, so nobody waits for company; under load each commit carries many.
"""

import asyncio
from functools import cache

from .actions import post_messages

MOST_TOGETHER = 200


class Desk:
    def __init__(self, hub):
        self._hub = hub
        self._waiting = {}  # conversation id -> [(post, future)], while any is written

    def post(self, conversation_id, post):
        """A future of the message, once it is committed; of the exception, when it is refused or cannot be written."""
        future = self._hub.loop.create_future()
        if conversation_id in self._waiting:
            self._waiting[conversation_id].append((post, future))
        else:
            self._waiting[conversation_id] = [(post, future)]
            self._hub.do(self._write_all(conversation_id))
        return future

    async def _write_all(self, conversation_id):
        try:
            while waiting := self._waiting[conversation_id]:
                batch, self._waiting[conversation_id] = waiting[:MOST_TOGETHER], waiting[MOST_TOGETHER:]
                await self._write(conversation_id, batch)
        finally:
            del self._waiting[conversation_id]

    async def _write(self, conversation_id, batch):
        posts, futures = zip(*batch, strict=True)
        try:
            outcomes = await self._hub.writing.run_in_turn(
                f"conversation:{conversation_id}", post_messages, conversation_id=conversation_id, posts=posts
            )
        except asyncio.CancelledError:
            raise
        except Exception as error:
            outcomes = [error] * len(posts)
        for future, outcome in zip(futures, outcomes, strict=True):
            if not future.done():
                answer = future.set_exception if isinstance(outcome, Exception) else future.set_result
                answer(outcome)


@cache
def desk_of(hub):
    """The one desk of a process."""
    return Desk(hub)
