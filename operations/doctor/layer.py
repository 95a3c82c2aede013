"""Does the channel layer relay: does what one channel sends to a group arrive at another?"""

import asyncio
import time

from .finding import well, wrong
from .redis import unreachable

NAME = "Channel layer"
PATIENCE = 3.0  # seconds
GROUP = "diagnostic"


def check(place):
    place.need_django()
    if excuse := unreachable(place, NAME):
        yield excuse
        return
    cure = (
        "See that every process has the same REDIS_URL and CHANNEL_LAYERS as delivered, then restart Redis."
    )
    try:
        took = asyncio.run(_relay())
    except TimeoutError:
        yield wrong(NAME, f"What one channel sends does not arrive at another within {PATIENCE:.0f} s.", cure)
    except Exception as error:  # whatever the layer or its driver raises
        yield wrong(NAME, f"It fails: {type(error).__name__}: {error}", cure)
    else:
        yield well(NAME, f"Relays between two channels in {took * 1000:.0f} ms.")


async def _relay():
    from channels.layers import channel_layers

    sender, receiver = channel_layers.make_backend("default"), channel_layers.make_backend("default")
    try:
        async with asyncio.timeout(PATIENCE):
            channel = await receiver.new_channel()
            await receiver.group_add(GROUP, channel)
            started = time.perf_counter()
            await sender.group_send(GROUP, {"type": "diagnostic"})
            await receiver.receive(channel)
            return time.perf_counter() - started
    finally:
        for layer in (sender, receiver):
            if hasattr(layer, "flush"):
                await layer.flush()
