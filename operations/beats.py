"""One beat belongs to an installation. Each writes down under a name of its own that it lives, and who else does."""

import os
import secrets
import socket
from datetime import timedelta

from django.utils import timezone

from .models import Check, Heartbeat

OWN = f"beat {secrets.token_hex(8)}"
FRESH_FOR = timedelta(seconds=70)  # two looks, and a little


def look(before):
    """Whoever wrote since this one looked `before` lives beside it; None the first time. Returns when this was."""
    now = timezone.now()
    Heartbeat.note(OWN, f"process {os.getpid()} on {socket.gethostname()}"[:255])
    all_of_them = Heartbeat.objects.filter(name__startswith="beat ")
    all_of_them.filter(at__lt=now - Heartbeat.ALIVE_FOR).delete()
    if before:
        found = sorted(all_of_them.filter(at__gt=before).values_list("host", flat=True))
        Check.note("beats", len(found) - 1, found)
    return now


def running():
    """Where they run, as one of them found lately, if there are more than one; else nothing."""
    fresh = Check.objects.filter(name="beats", wrong__gt=0, at__gt=timezone.now() - FRESH_FOR).first()
    return fresh.found if fresh else []
