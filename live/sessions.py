"""Open sockets end with the session they were opened by: signed out, expired, password changed or deactivated."""

import asyncio
import logging
from collections import defaultdict

from django.conf import settings
from django.utils.module_loading import import_string

from .failpoints import is_off
from .pool import Busy

log = logging.getLogger("live.security")

EVERY = 2.0  # seconds between looks; a sign-out heard of is looked at once
SIGNED_OUT = 4401


class SessionWatch:
    def __init__(self, hub):
        self._hub = hub
        self._soon = asyncio.Event()
        self._still_valid = import_string(settings.LIVE["sessions"])

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
            except asyncio.CancelledError:
                raise
            except Busy as error:
                log.warning("Sessions could not be looked at: %s.", error)
            except Exception as error:
                log.warning("Sessions could not be looked at: %s", type(error).__name__)

    async def _look(self):
        by_session = defaultdict(list)
        for socket in self._hub.sockets:
            by_session[socket.session_key].append(socket)
        if not by_session or is_off("sessions.watch"):
            return
        valid = await self._hub.reading.run(self._still_valid, list(by_session))
        for key, sockets in by_session.items():
            for socket in sockets:
                if valid.get(key) != socket.user_id:
                    socket.close(SIGNED_OUT)
