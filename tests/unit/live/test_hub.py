"""What the hub does alongside may fail: it is said in the log, unless it has been said."""

import asyncio
from functools import partial
from types import SimpleNamespace

import pytest
from django.db import InterfaceError, OperationalError

from live.database.pool import Busy
from live.hub import Hub

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
