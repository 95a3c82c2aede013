"""The instruments of the laboratory, before anything is measured with them."""

import asyncio

import pytest

from .lab.part import accepts
from .lab.proxy import Proxy
from .lab.redis import Redis


@pytest.fixture
def redis(tmp_path):
    redis = Redis(tmp_path).start().wait()
    yield redis
    redis.kill()


async def ask(port, within=1.0):
    """Whether a PING is answered."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        writer.write(b"PING\r\n")
        return await asyncio.wait_for(reader.readexactly(7), within)
    finally:
        writer.transport.abort()


def test_a_part_can_be_killed_and_started_again(redis):
    assert redis.lives and accepts(redis.port)
    redis.kill()
    assert not redis.lives and not accepts(redis.port)
    redis.start().wait()
    assert redis.says("PING").startswith("+PONG")


async def test_a_frozen_part_does_not_answer_until_it_thaws(redis):
    redis.freeze()
    with pytest.raises(TimeoutError):
        await ask(redis.port, within=0.2)
    redis.thaw()
    assert await ask(redis.port) == b"+PONG\r\n"


async def test_the_proxy_passes_on_and_can_be_down(redis):
    async with Proxy(redis.port) as proxy:
        assert await ask(proxy.port) == b"+PONG\r\n"
        await proxy.down()
        with pytest.raises(OSError):
            await ask(proxy.port)
        await proxy.up()
        assert await ask(proxy.port) == b"+PONG\r\n"


@pytest.mark.parametrize("way", ["to_server", "to_client"])
async def test_a_black_hole_swallows_one_way_until_it_heals(redis, way):
    async with Proxy(redis.port) as proxy:
        getattr(proxy, way).swallow()
        with pytest.raises(TimeoutError):
            await ask(proxy.port, within=0.2)
        getattr(proxy, way).heal()
        assert await ask(proxy.port) == b"+PONG\r\n"


async def test_what_fell_silent_stays_so_and_who_comes_later_is_served(redis):
    async with Proxy(redis.port) as proxy:
        reader, writer = await asyncio.open_connection("127.0.0.1", proxy.port)
        writer.write(b"PING\r\n")
        assert await reader.readexactly(7) == b"+PONG\r\n"
        proxy.fall_silent()
        assert await ask(proxy.port) == b"+PONG\r\n"
        proxy.to_client.heal()
        writer.write(b"PING\r\n")
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(reader.readexactly(7), 0.2)


async def test_latency_delays_what_is_answered(redis):
    async with Proxy(redis.port) as proxy:
        proxy.to_client.latency = 0.3
        with pytest.raises(TimeoutError):
            await ask(proxy.port, within=0.2)
        assert await ask(proxy.port, within=1) == b"+PONG\r\n"


async def test_slices_arrive_whole(redis):
    async with Proxy(redis.port) as proxy:
        proxy.to_server.slice = proxy.to_client.slice = 1
        assert await ask(proxy.port) == b"+PONG\r\n"
        assert proxy.bytes_to_server() == 6 and proxy.bytes_to_client() == 7


async def test_the_limit_cuts_after_so_many_bytes(redis):
    async with Proxy(redis.port) as proxy:
        proxy.to_client.limit = 3
        with pytest.raises((asyncio.IncompleteReadError, ConnectionError)) as cut:
            await ask(proxy.port)
        assert getattr(cut.value, "partial", b"+PO") == b"+PO"
        assert proxy.bytes_to_client() == 3


async def test_a_reset_ends_what_is_open(redis):
    async with Proxy(redis.port) as proxy:
        reader, writer = await asyncio.open_connection("127.0.0.1", proxy.port)
        writer.write(b"PING\r\n")
        assert await reader.readexactly(7) == b"+PONG\r\n"
        proxy.reset()
        with pytest.raises((asyncio.IncompleteReadError, ConnectionError)):
            await reader.readexactly(1)
