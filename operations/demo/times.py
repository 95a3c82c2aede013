"""When something was, told as the demo tells it: working days ago and a time of day, or minutes ago."""

from datetime import timedelta


def moment(when, now):
    """The datetime of "12 09:05" (twelve working days ago, UTC) or "40m" (forty minutes ago)."""
    if when.endswith("m"):
        return now - timedelta(minutes=int(when[:-1]))
    days, _, clock = when.partition(" ")
    hour, minute = map(int, clock.split(":"))
    return working_days_ago(int(days), now).replace(
        hour=hour, minute=minute, second=7 * int(days) % 60, microsecond=0
    )


def working_days_ago(count, now):
    day = now
    while count:
        day -= timedelta(days=1)
        count -= day.weekday() < 5
    return day
