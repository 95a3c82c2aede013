"""Time zones of people, and times in UTC for programs."""

import zoneinfo
from datetime import UTC
from functools import lru_cache

from django.utils import timezone


def zone(name):
    """The ZoneInfo of that name, or the installation's if there is no such zone."""
    try:
        return zoneinfo.ZoneInfo(name) if name else timezone.get_default_timezone()
    # OSError: the name is too long, or a folder.
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        return timezone.get_default_timezone()


@lru_cache(1_024)  # messages that are written together have the same moment
def iso(moment):
    """The moment as ISO 8601 in UTC, such as 2030-01-31T14:00:00Z; None for None."""
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z") if moment else None
