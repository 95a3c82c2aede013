"""Hints may be lost; what was lost though the line seemed to work is told to whoever wants to know."""

import asyncio
from itertools import chain, pairwise, repeat

import pytest

from live import hints
from live.hints import DEAF_AFTER, GROUP, Hints

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


# -- judging the layer ------------------------------------------------------------------------------------------------


class Loop:
    """A layer that hears what it sends, unless it is deaf; it may also hear the probes of another process alone."""

    def __init__(self, *, is_deaf=False, hears_others=False):
        self._is_deaf, self._hears_others = is_deaf, hears_others
        self._channel, self._is_joined = asyncio.Queue(), False
        self.probes, self.listeners, self.is_closed = 0, 0, False

    async def new_channel(self):
        return "here"

    async def group_add(self, group, channel):
        self._is_joined = (group, channel) == (GROUP, "here")

    async def group_send(self, group, message):
        self.probes += "probe" in message
        if self._is_joined and not self._is_deaf:
            self._channel.put_nowait({**message, "probe": "another's"} if self._hears_others else message)

    async def receive(self, channel):
        self.listeners += 1
        try:
            return await self._channel.get()
        finally:
            self.listeners -= 1

    async def flush(self):
        self.is_closed = True


@pytest.fixture
async def listening(monkeypatch, settings):
    """`listening(layer, ...)` are hints that get these layers, one after the other, and then the last for ever."""
    settings.LIVE = {**settings.LIVE, "probe": 0.01, "layer_timeout": 0.2}
    begun = []

    def listen(*layers, **how):
        its, left = Hints(asyncio.get_running_loop(), **how), chain(layers, repeat(layers[-1]))
        monkeypatch.setattr(hints.channel_layers, "make_backend", lambda name: next(left))
        its.start()
        begun.append(its)
        return its

    yield listen
    for its in begun:
        its.stop()


async def comes(condition):
    async with asyncio.timeout(5):
        while not condition():
            await asyncio.sleep(0.001)


async def test_what_is_sent_is_heard_once_it_has_heard_itself(listening):
    heard = []
    its = listening(Loop(), heard=heard.append)
    its.send(NEWS)
    assert (its.live, its.lost) == (False, 1)
    await comes(lambda: its.live)
    its.send(NEWS)
    await comes(lambda: heard == [NEWS])
    assert its.round_trip >= 0


async def test_who_is_deaf_listens_anew_and_closes_what_it_had(listening):
    deaf, well = Loop(is_deaf=True), Loop()
    its = listening(deaf, well)
    await its.verdict()
    assert not its.live
    await comes(lambda: its.live)
    assert deaf.probes == DEAF_AFTER and deaf.is_closed and not well.is_closed
    assert (deaf.listeners, well.listeners) == (0, 1)


async def test_it_is_down_once_it_hears_itself_no_more(listening):
    layer, modes = Loop(), []
    its = listening(layer, mode_changed=modes.append)
    await comes(lambda: its.live)
    layer._is_deaf = True
    await comes(lambda: not its.live)
    assert modes[-2:] == [True, False]


async def test_each_change_is_told_once(listening):
    layer, modes = Loop(), []
    listening(layer, mode_changed=modes.append)
    await comes(lambda: layer.probes > 3)
    assert modes[0] and all(before != after for before, after in pairwise(modes))


async def test_the_probe_of_another_process_is_none_of_its_own(listening):
    layer = Loop(hears_others=True)
    its = listening(layer)
    await comes(lambda: layer.probes > DEAF_AFTER)
    assert not its.live


async def test_news_that_is_not_understood_does_not_end_the_listening(listening, caplog):
    heard = []

    def understands(news):
        heard.append(news["hint"])

    its = listening(Loop(), heard=understands)
    await comes(lambda: its.live)
    its.send({"of another version": 1}), its.send(NEWS)
    await comes(lambda: heard == [NEWS["hint"]])
    assert "not understood" in caplog.text
