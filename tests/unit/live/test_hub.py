"""The hub passes news on to whom it concerns. What it does alongside may fail: that is in the log, unless it has been
said."""

import asyncio
from functools import partial
from types import SimpleNamespace
from unittest.mock import ANY, Mock, call

import pytest
from django.db import InterfaceError, OperationalError

from live.database.pool import Busy
from live.hints import PROCESS_ID
from live.hub import Hub
from live.streams import Head
from live.tracks.track import Track

AWAY = "connection refused\n\tIs the server running?"


async def done_by_a_hub(failure):
    async def fails():
        raise failure

    hub = SimpleNamespace(loop=asyncio.get_running_loop(), _tasks=set())
    hub._done = partial(Hub._done, hub)
    task = Hub.do(hub, fails())
    with pytest.raises(type(failure)):
        await task
    return hub


@pytest.mark.parametrize("failure", [Busy(AWAY), OperationalError(AWAY), InterfaceError(AWAY)])
async def test_a_database_in_trouble_is_left_to_the_pool(failure, caplog):
    hub = await done_by_a_hub(failure)
    assert not caplog.records and not hub._tasks


async def test_a_fault_of_ours_is_shown_in_full(caplog):
    await done_by_a_hub(LookupError("a fault"))
    (line,) = caplog.records
    assert line.levelname == "ERROR" and line.exc_info[0] is LookupError


# -- news ------------------------------------------------------------------------------------------------------------


PARTS = "delivery", "hints", "roster", "sessions", "whispers"


@pytest.fixture
async def hub():
    hub = Hub(asyncio.get_running_loop())
    for part in PARTS:
        setattr(hub, part, Mock())
    return hub


def told(hub):
    return [one for part in PARTS for one in getattr(hub, part).mock_calls]


async def test_what_was_committed_here_is_told_here_and_hinted_to_the_others_by_ids_only(hub):
    hub.announce_all([("log:1", 5, "a change"), ("log:2", 7, "another")])
    await asyncio.sleep(0)
    assert hub.hints.mock_calls == [call.send({"hint": [("log:1", 5), ("log:2", 7)], "at": ANY})]
    assert hub.delivery.mock_calls == [
        call.changed("log:1", 5, "a change", ANY),
        call.changed("log:2", 7, "another", ANY),
    ]


async def test_a_session_that_ends_here_is_looked_at_here_and_elsewhere(hub):
    hub.announce_session_end(1)
    await asyncio.sleep(0)
    assert told(hub) == [call.send({"session": 1}), call.look_soon()]


@pytest.mark.parametrize(
    ("news", "heard"),
    [
        ({"hint": [("log:1", 5)], "at": 2.0}, call.changed("log:1", 5, committed_at=2.0)),
        ({"session": 1}, call.look_soon()),
        ({"key": "log:1", "whisper": "a receipt"}, call.heard("log:1", "a receipt")),
        ({"missed": 3.0}, call.retelling.doubt(3.0)),
        ({"roster": []}, call.heard({"roster": [], "from": ANY})),
    ],
)
async def test_what_another_process_tells_is_heard_by_whom_it_concerns(hub, news, heard):
    hub._heard(news | {"from": "elsewhere"})
    assert told(hub) == [heard]


async def test_what_this_process_has_whispered_itself_is_not_heard_again(hub):
    hub._heard({"from": PROCESS_ID, "key": "log:1", "whisper": "a receipt", "missed": 3.0, "roster": []})
    assert told(hub) == []


async def test_the_poll_looks_after_whatever_somebody_has_been_told_of(hub):
    for id in (1, 2):
        hub.tracks[f"log:{id}"] = Track(f"log:{id}", SimpleNamespace(kind="log"), id, hub.loop)
    hub.tracks["log:2"].begin(Head(0, "then", 0))
    assert hub.followed_ids() == {"log": [2]}


async def test_the_lines_of_each_person_are_counted_while_they_are_open(hub):
    first, second = Mock(user_id=1), Mock(user_id=1)
    hub.opened(first), hub.opened(second)
    assert hub.lines == {1: 2} and hub.sockets == {first, second}
    hub.closed(first)
    assert hub.lines == {1: 1} and hub.sockets == {second}
    hub.closed(second)
    assert 1 not in hub.lines and not hub.sockets
