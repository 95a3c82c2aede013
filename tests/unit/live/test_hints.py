"""Hints may be lost; what was lost though the line seemed to work is told to whoever wants to know."""

import asyncio

import pytest

from live import hints
from live.hints import Hints

NEWS = {"hint": [("numbers:1", 1)]}


class Layer:
    """Takes what is sent, unless it fails."""

    failure = None

    def __init__(self):
        self.sent = []

    async def group_send(self, group, message):
        if self.failure:
            raise self.failure
        self.sent += message["news"]


async def published(*news, failure=None):
    """(what was sent, what was called unsent) of these news."""
    unsent, layer = [], Layer()
    its = Hints(asyncio.get_running_loop(), unsent=unsent.extend)
    its._layer, layer.failure = layer, failure
    its.start(listen=False)
    for one in news:
        its.send(one)
    async with asyncio.timeout(5):
        while its.sent + its.lost < len(news):
            await asyncio.sleep(0)
    its.stop()
    assert (its.sent, its.lost) == (len(layer.sent), len(unsent))
    return layer.sent, unsent


@pytest.mark.parametrize(("failure", "sent", "unsent"), [(None, [NEWS], []), (OSError("gone"), [], [NEWS])])
async def test_what_could_not_be_published_is_named(failure, sent, unsent):
    assert await published(NEWS, failure=failure) == (sent, unsent)


async def test_what_finds_no_room_is_named(monkeypatch):
    monkeypatch.setattr(hints, "MOST_WAITING", 2)
    sent, unsent = await published(NEWS, NEWS, {"session": 1})
    assert (sent, unsent) == ([NEWS, NEWS], [{"session": 1}])
