"""Pages are made by a few threads that keep their connections to the database, each page in one trip.

Django's own handler makes a thread for each request, with it a connection, and goes to and fro between thread and loop.
Files it would read whole before it sends them; here they are read as fast as they are taken.
"""

from contextvars import copy_context

from django.core.handlers.asgi import ASGIHandler
from django.db import close_old_connections

from live.database.pool import Busy, Pool

from .backpressure import at_their_pace
from .unavailable import unavailable

THREADS = 12
PATIENCE = 30.0  # seconds somebody waits for a page, or for more of a file
PORTION = 256 * 1024  # bytes of a file that are read at a time
ASKED_OF_OUR_HEALTH = {"/healthz", "/readyz", "/metrics"}  # answered also while no thread is free


class Pages(ASGIHandler):
    def __init__(self):
        super().__init__()
        self._threads = Pool("pages", THREADS, PATIENCE)
        self._of_health = Pool("health", 2, PATIENCE)

    def load_middleware(self, is_async=False):
        super().load_middleware(is_async=False)  # the whole way in and out is one call, in one thread

    async def __call__(self, scope, receive, send):
        await self.handle(scope, receive, at_their_pace(send))

    async def get_response_async(self, request):
        threads = self._of_health if request.path in ASKED_OF_OUR_HEALTH else self._threads
        try:
            response = await threads.run(copy_context().run, self._made, request)
        except Busy:
            return unavailable(request)
        if response.streaming:
            response.streaming_content = self._in_portions(response.streaming_content)
        return response

    def _made(self, request):
        close_old_connections()  # one that broke since, and one that is old
        return self.get_response(request)

    async def _in_portions(self, chunks):
        while portion := await self._threads.run(_portion, chunks):
            yield portion


def _portion(chunks):
    """As many of the next chunks as make one, joined."""
    size, taken = 0, []
    while size < PORTION and (chunk := next(chunks, None)) is not None:
        size += len(chunk)
        taken.append(chunk)
    return b"".join(taken)
