"""How a process stands: what it tells load balancers, and writes into its diary."""

from django.conf import settings

from .hints import PROCESS_ID


def state_of(hub):
    """`hub` may be None: nobody has opened a line here yet."""
    return {
        "process": PROCESS_ID,
        "mode": hub.mode if hub else "idle",
        "since": hub.hints.since if hub else None,
        "hears": sorted(hub.roster.processes()) if hub else [],
        "sockets": len(hub.sockets) if hub else 0,
        "redis": settings.REDIS.shown,
    }
