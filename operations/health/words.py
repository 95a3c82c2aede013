"""Figures as people say them."""

from datetime import timedelta

from django.utils import timezone
from django.utils.formats import date_format


def moment(at):
    """In the reader's zone: "14:05" of today, else with the day."""
    at, today = timezone.localtime(at), timezone.localdate()
    return date_format(at, "H:i" if at.date() == today else "j M H:i")


def lasting(span):
    """ "40 s", "12 min", "3 h", "2 days"."""
    seconds = max(0, int(span.total_seconds()))
    if seconds < 120:
        return f"{seconds} s"
    if seconds < 7200:
        return f"{seconds // 60} min"
    return f"{seconds // 3600} h" if span < timedelta(days=2) else f"{span.days} days"


def ago(at):
    return f"{lasting(timezone.now() - at)} ago"


def delay(seconds):
    """ "0.8 ms", "12 ms", "1.4 s"; "more than 10 s" is not told apart."""
    if seconds is None:
        return "–"
    if seconds >= 10:
        return "10 s or more"
    if seconds >= 1:
        return f"{seconds:.1f} s"
    return f"{seconds * 1000:.1f} ms" if seconds < 0.0095 else f"{seconds * 1000:.0f} ms"


def counted(count, one, many=None):
    return f"{count:,} {one if count == 1 else many or one + 's'}"
