"""The pulse of a worker or of beat: a thread that writes down twice a minute that it lives, with Redis or without."""

import logging
import socket
import threading
import time

log = logging.getLogger("operations")

EVERY = 30.0  # seconds


def begin_pulse(name):
    threading.Thread(target=_for_ever, args=(name,), name=f"pulse-{name}", daemon=True).start()


def _for_ever(name):
    before = None
    while True:
        before = note(name, before)
        time.sleep(EVERY)


def note(name, before=None):
    """`before` is what this returned the last time."""
    from django.db import DatabaseError, InterfaceError, connection

    from . import beats
    from .models import Heartbeat

    try:
        Heartbeat.note(name, socket.gethostname())
        return beats.look(before) if name == "scheduler" else None
    except (DatabaseError, InterfaceError) as error:
        log.debug("the pulse of %s was not written: %r", name, error)
    finally:
        connection.close()
