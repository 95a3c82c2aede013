"""The clocks by which a person goes, and the one by which programs are told when something was."""

import zoneinfo
from datetime import UTC
from functools import lru_cache

from django.utils import timezone


def zone(name):
    """The zone of that name, or the site's own when there is none."""
    try:
        return zoneinfo.ZoneInfo(name) if name else timezone.get_default_timezone()
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):  # the last for names too long or of folders
        return timezone.get_default_timezone()


@lru_cache(1_024)  # what is written together was said at one moment
def iso(moment):
    """ISO 8601 in UTC, or None."""
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z") if moment else None
