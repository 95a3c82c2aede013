"""Times on pages are the reader's own."""

import zoneinfo

from django.utils import timezone


class OwnTimeZone:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        name = request.user.time_zone if request.user.is_authenticated else ""
        with timezone.override(zone(name)):
            return self.get_response(request)


def zone(name):
    """The zone of that name, or the site's own when there is none."""
    try:
        return zoneinfo.ZoneInfo(name) if name else timezone.get_default_timezone()
    except (zoneinfo.ZoneInfoNotFoundError, ValueError):
        return timezone.get_default_timezone()
