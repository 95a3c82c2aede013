"""What there is once in a process: the hub where sockets are served, or a messenger where none are."""

import asyncio
import threading

_lock = threading.Lock()
_hub = None
_messenger = None


def hub():
    """The hub of this process, made by the first socket on the running event loop."""
    global _hub
    loop = asyncio.get_running_loop()
    if _hub is None or _hub.loop is not loop:
        from .hub import Hub

        _hub = Hub(loop)
        _hub.start()
    return _hub


def hub_if_any():
    return _hub


def hub_or_messenger():
    """Whoever passes news on from here: usable from any thread."""
    global _messenger
    if _hub is not None and _hub.loop.is_running():
        return _hub
    with _lock:
        if _messenger is None:
            from .messenger import Messenger

            _messenger = Messenger()
        return _messenger
