"""A messenger sends hints from processes without sockets: Celery, a command, a web server nobody follows yet."""

import asyncio
import threading
import time

from .hints import PROCESS_ID, Hints


class Messenger:
    """Hints on an event loop and a thread of their own, so that a caller never waits for Redis."""

    def __init__(self):
        self._loop = asyncio.new_event_loop()
        threading.Thread(target=self._run, name="live-messenger", daemon=True).start()

    def _run(self):
        asyncio.set_event_loop(self._loop)
        self._hints = Hints(self._loop)
        self._hints.start(listen=False)
        self._loop.run_forever()

    def announce_all(self, news):
        hints = [(key, revision) for key, revision, _ in news]  # nobody follows anything here
        self._loop.call_soon_threadsafe(self._send, {"hint": hints, "at": time.time()})

    def announce_whispers(self, whispers):
        for key, whisper in whispers:
            news = {"from": PROCESS_ID, "key": key, "whisper": whisper}
            self._loop.call_soon_threadsafe(self._send, news)

    def announce_session_end(self, user_id):
        self._loop.call_soon_threadsafe(self._send, {"session": user_id})

    def _send(self, news):
        self._hints.send(news)
