"""The clocks by which a person goes."""

import zoneinfo

from django.utils import timezone


def zone(name):
    """The zone of that name, or the site's own when there is none."""
    try:
        return zoneinfo.ZoneInfo(name) if name else timezone.get_default_timezone()
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):  # the last for names too long or of folders
        return timezone.get_default_timezone()
