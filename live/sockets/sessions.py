"""Open sockets end with the session they were opened by: signed out, expired, password changed or deactivated."""

import asyncio
import logging
from collections import defaultdict

from django.conf import settings
from django.utils.module_loading import import_string

from ..database.pool import AWAY, Busy
from ..failpoints import is_off
from .close_codes import SIGNED_OUT

log = logging.getLogger("live.security")

EVERY = 2.0  # seconds between looks; a sign-out heard of is looked at once
SEEN_EVERY = 60.0  # seconds between notes of who is connected


class SessionWatch:
    def __init__(self, hub):
        self._hub = hub
        self._soon = asyncio.Event()
        self._still_valid = import_string(settings.LIVE["sessions"])
        self._note_seen = import_string(settings.LIVE["seen"])
        self._noted_at, self._noted = float("-inf"), set()

    def look_soon(self):
        self._soon.set()

    async def watch_for_ever(self):
        while True:
            try:
                async with asyncio.timeout(EVERY):
                    await self._soon.wait()
            except TimeoutError:
                pass
            self._soon.clear()
            try:
                await self._look()
            except (Busy, *AWAY):
                continue  # the pool has said so
            except Exception as error:
                log.warning("Sessions could not be looked at: %s", type(error).__name__)

    async def _look(self):
        by_session = defaultdict(list)
        for socket in self._hub.sockets:
            by_session[socket.session_key].append(socket)
        if is_off("sessions.watch"):
            return
        if not by_session:
            self._note(())
            return
        valid = await self._hub.reading.run(self._still_valid, list(by_session))
        for key, sockets in by_session.items():
            for socket in sockets:
                if valid.get(key) != socket.user_id:
                    socket.close(SIGNED_OUT)
        self._note(valid)

    def _note(self, session_keys):
        """Who came and who left at once, and everybody each minute: who is killed forgets no more than that."""
        now, keys = self._hub.loop.time(), set(session_keys)
        is_due = now - self._noted_at >= SEEN_EVERY
        if seen := self._noted ^ keys if not is_due else self._noted | keys:
            self._noted_at = now if is_due else self._noted_at
            self._noted = keys
            self._hub.do(self._hub.writing.run(self._note_seen, list(seen)))
