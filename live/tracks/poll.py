"""The poll makes delivery certain: it compares the revisions of the followed streams with what was delivered."""

import asyncio
import logging
import os
import random
import time

from django.conf import settings

from ..database.pool import AWAY, Busy
from ..streams import source_of

log = logging.getLogger("live")

CHUNK = 500  # ids in one query


async def poll_for_ever(hub):
    """Once a second, four times a second while hints are down; off only for the test that shows why it is there."""
    if os.environ.get("PRIZMAI_LIVE_POLL") == "off":
        return
    while True:
        pause = settings.LIVE["poll" if hub.hints.live else "poll_degraded"]
        await asyncio.sleep(pause * random.uniform(0.9, 1.1))
        try:
            await look(hub)
        except (Busy, *AWAY):
            continue  # the pool has said so
        except Exception as error:
            log.warning("The poll could not look: %s: %s", type(error).__name__, str(error).strip()[:200])


async def look(hub):
    began = time.time()
    for kind, ids in hub.followed_ids().items():
        source, _ = source_of(f"{kind}:0")
        for start in range(0, len(ids), CHUNK):
            asked = ids[start : start + CHUNK]
            delivered = {id: hub.delivery.delivered(f"{kind}:{id}") for id in asked}
            heads = await hub.reading.run(source.heads, asked)
            for id in asked:
                hub.delivery.compare(f"{kind}:{id}", heads.get(id), delivered[id])
    hub.delivery.looked_at = began
