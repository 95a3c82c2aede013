"""A link is a proxy on a thread of its own, so that it outlives a test and stands between two processes."""

import asyncio
import socket
import threading

from .proxy import Proxy


class Link:
    """`within` runs a function where the link's far end is to be (see namespace.py), else it is right here."""

    def __init__(self, target, within=None):
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, args=(within,), daemon=True)
        self.proxy = Proxy(target, ear=_ear())  # which stays in the network it was made in
        self._thread.start()
        self._do(self.proxy.up())
        self.port, self.address = self.proxy.port, self.proxy.address

    @property
    def to_server(self):
        return self.proxy.to_server

    @property
    def to_client(self):
        return self.proxy.to_client

    def swallows(self):
        """Nothing passes either way, and nobody is told."""
        self._soon(self.to_server.swallow, self.to_client.swallow)

    def falls_silent(self):
        """As before a back end that is gone, of which nobody is told."""
        self._soon(self.proxy.fall_silent)

    def heals(self):
        self._soon(self.to_server.heal, self.to_client.heal)

    def leads_to(self, port):
        """New connections go there; those that are open stay."""
        self.proxy.target = port

    def resets(self):
        self._soon(self.proxy.reset)

    def close(self):
        self._do(self.proxy.down())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(5)

    def _run(self, within):
        asyncio.set_event_loop(self._loop)
        if within is not None:
            within()
        self._loop.run_forever()

    def _do(self, coroutine):
        return asyncio.run_coroutine_threadsafe(coroutine, self._loop).result(10)

    def _soon(self, *steps):
        async def all_of_them():
            for step in steps:
                step()

        self._do(all_of_them())


def _ear():
    ear = socket.socket()
    ear.bind(("127.0.0.1", 0))
    return ear
