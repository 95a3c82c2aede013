"""Hints tell the other processes what changed. They carry ids only, and nothing depends on their arrival.

One group of the channel layer, one publisher and one listener a process. Whether the layer works is known by publishing
a probe to oneself and hearing it back, not by a connection that looks open. While it does not, the breaker keeps calls
away from it except for the probe, and a listener that has gone deaf is given a layer of its own anew.
"""

import asyncio
import logging
import os
import secrets
import time

from channels.layers import channel_layers
from django.conf import settings

from .failpoints import is_off

log = logging.getLogger("live")

PROCESS_ID = secrets.token_hex(8)  # signs news that this process need not hear itself
GROUP = "live"
MOST_WAITING = 10_000  # pieces of news; beyond it hints are dropped, and the poll finds what they told of
DEAF_AFTER = 3  # probes not heard in a row until the layer is made anew


class Hints:
    """Publishes news and, with `listen`, calls `heard(news)` for what any process published, this one included.

    `unsent(batch)` is called with news that were lost though the layer seemed to work.
    """

    def __init__(
        self, loop, heard=lambda news: None, mode_changed=lambda live: None, unsent=lambda batch: None
    ):
        self._loop, self._heard, self._mode_changed, self._unsent = loop, heard, mode_changed, unsent
        self._timeout = settings.LIVE["layer_timeout"]
        self._waiting = []
        self._wake = asyncio.Event()
        self._tasks = []
        self._layer = None
        self._probe, self._probe_heard = None, asyncio.Event()
        self._off = os.environ.get("PRIZMAI_LIVE_HINT") == "off"
        self._unprobed = os.environ.get("PRIZMAI_LIVE_PROBE") == "off"
        self.live, self.since = False, time.time()  # and since when it is that
        self._judged = asyncio.Event()
        self.sent = 0  # pieces of news that were published
        self.lost = 0  # ... that never were
        self.round_trip = None  # seconds the last probe took

    def start(self, listen=True):
        self._listening = listen
        if not self._off:
            self._tasks = [self._loop.create_task(self._publish_for_ever())]
            if listen:
                self._tasks.append(self._loop.create_task(self._watch_for_ever()))

    async def verdict(self):
        """Wait until the layer has been judged for the first time, or for as long as that may take."""
        if self._off or self._judged.is_set():
            return
        try:
            async with asyncio.timeout(self._timeout):
                await self._judged.wait()
        except TimeoutError:
            log.debug("nothing is known of the layer yet")

    def stop(self):
        for task in self._tasks:
            task.cancel()

    def send(self, news):
        """Have a dict published soon, joined with what else is waiting. Never blocks."""
        if self._off or (self._listening and not self.live):
            self.lost += 1
        elif len(self._waiting) >= MOST_WAITING:
            self._lose([news])
        else:
            self._waiting.append(news)
            self._wake.set()

    def _lose(self, batch):
        self.lost += len(batch)
        self._unsent(batch)

    async def _publish_for_ever(self):
        while True:
            await self._wake.wait()
            self._wake.clear()
            batch, self._waiting = self._waiting, []
            if batch and (is_off("hints.news") or await self._publish({"news": batch})):
                self.sent += len(batch)
            elif batch:
                self._lose(batch)

    async def _publish(self, content):
        try:
            async with asyncio.timeout(self._timeout):
                await self._own_layer().group_send(GROUP, {"type": "live", **content})
            return True
        except Exception as error:  # whatever the layer or its driver raises: hints are allowed to be lost
            log.debug("a hint was not published: %r", error)
            return False

    # -- judging the layer -----------------------------------------------------------------------------------

    async def _watch_for_ever(self):
        unheard = DEAF_AFTER  # so that the first round makes the layer
        while True:
            if unheard >= DEAF_AFTER:
                await self._listen_anew()
                unheard = 0
            if await self._comes_back():
                unheard = 0
                self._set_live(True)
                await asyncio.sleep(settings.LIVE["probe"])
            else:
                unheard += 1
                self._set_live(False)
                await asyncio.sleep(settings.LIVE["probe"] / 2)

    async def _comes_back(self):
        """Publish a probe and wait for it: the whole way out and back in."""
        if self._unprobed:
            return True
        self._probe = secrets.token_hex(8)
        self._probe_heard.clear()
        started = self._loop.time()
        if not await self._publish({"probe": self._probe}):
            return False
        try:
            async with asyncio.timeout(self._timeout):
                await self._probe_heard.wait()
        except TimeoutError:
            return False
        self.round_trip = self._loop.time() - started
        return True

    def _set_live(self, live):
        if live != self.live:
            self.live, self.since = live, time.time()
            log.info("The line between processes is %s.", "live" if live else "down: polling instead")
            self._mode_changed(live)
        self._judged.set()

    # -- listening -------------------------------------------------------------------------------------------

    def _own_layer(self):
        if self._layer is None:
            self._layer = channel_layers.make_backend("default")
        return self._layer

    async def _listen_anew(self):
        """A new layer with new connections: a half-open subscriber is never noticed by the old one."""
        old, self._layer = self._layer, None
        for task in self._tasks[2:]:
            task.cancel()
        del self._tasks[2:]
        if old is not None:
            await _close(old)
        subscribed = asyncio.Event()
        self._tasks.append(self._loop.create_task(self._listen(self._own_layer(), subscribed)))
        try:
            async with asyncio.timeout(self._timeout):
                await subscribed.wait()
        except TimeoutError:
            log.debug("not subscribed in time; the probe will tell")

    async def _listen(self, layer, subscribed):
        while True:
            try:
                async with asyncio.timeout(4 * self._timeout):
                    channel = await layer.new_channel()
                    await layer.group_add(GROUP, channel)
                subscribed.set()
                break
            except Exception as error:
                log.debug("not subscribed yet: %r", error)
                await asyncio.sleep(self._timeout)
        while True:
            self._take(await layer.receive(channel))

    def _take(self, message):
        if message.get("probe") == self._probe:
            self._probe_heard.set()
        for news in message.get("news", ()):
            try:
                self._heard(news)
            except Exception:  # another version's news must not end the listening
                if is_off("hints.forbearance"):
                    raise
                log.exception("news was not understood")


async def _close(layer):
    try:
        async with asyncio.timeout(1):
            await layer.flush()
    except Exception as error:
        log.debug("the old layer did not close: %r", error)
