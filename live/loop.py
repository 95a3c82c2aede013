"""The event loop of uvicorn's processes, which lets connections in a few at a time.

asyncio's own accepts all that wait in one turn and reads from all of them in the next: when everybody comes back at
once, those who are connected already would wait for that.
"""

import asyncio
import sys

AT_ONCE = 16

Usual = asyncio.ProactorEventLoop if sys.platform == "win32" else asyncio.SelectorEventLoop


class Loop(Usual):
    async def create_server(self, *args, backlog=100, **how):
        """`backlog` is how many may wait to be let in; asyncio takes it for how many to let in at once besides."""
        server = await super().create_server(*args, backlog=min(backlog, AT_ONCE), **how)
        for listening in server.sockets:
            with listening.dup() as same:
                same.listen(backlog)
        return server
