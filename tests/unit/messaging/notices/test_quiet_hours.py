"""Quiet hours are kept by the person's own clocks: past midnight, on their days, through changes of the clocks."""

from datetime import UTC, datetime, time

import pytest

from accounts.models import User
from messaging.models import NotificationWishes
from messaging.queries.wishes import is_quiet, told

NIGHT = {"quiet_from": time(22), "quiet_until": time(7)}


def wishes(zone="UTC", **quiet):
    return NotificationWishes(user=User(username="ada", time_zone=zone), **quiet)


def at(day, clock):
    """A moment of November 2026, whose 23rd is a Monday."""
    return datetime.fromisoformat(f"2026-11-{day:02d}T{clock}+00:00")


@pytest.mark.parametrize(
    ("clock", "quiet"),
    [("21:59", False), ("22:00", True), ("23:59", True), ("00:00", True), ("06:59", True), ("07:00", False)],
)
def test_a_night_goes_past_midnight(clock, quiet):
    assert is_quiet(wishes(**NIGHT), at(24, clock)) is quiet


@pytest.mark.parametrize(
    ("clock", "quiet"), [("11:59", False), ("12:00", True), ("12:59", True), ("13:00", False)]
)
def test_a_rest_at_noon_does_not(clock, quiet):
    assert is_quiet(wishes(quiet_from=time(12), quiet_until=time(13)), at(24, clock)) is quiet


def test_a_night_belongs_to_the_day_on_which_it_begins():
    of_fridays = wishes(**NIGHT, quiet_days="4")
    assert is_quiet(of_fridays, at(27, "23:00"))  # Friday night
    assert is_quiet(of_fridays, at(28, "05:00"))  # which is Saturday morning
    assert not is_quiet(of_fridays, at(27, "05:00"))
    assert not is_quiet(of_fridays, at(28, "23:00"))


def test_quiet_hours_go_by_the_clocks_of_the_person():
    assert is_quiet(wishes("Asia/Tokyo", **NIGHT), at(24, "14:00"))
    assert not is_quiet(wishes("UTC", **NIGHT), at(24, "14:00"))


def test_quiet_hours_follow_the_clocks_when_they_change():
    """In Berlin 2026-10-25 has 25 hours: 07:00 there is 05:00 in Greenwich the day before, and 06:00 on that day."""
    berlin = wishes("Europe/Berlin", **NIGHT)
    assert not is_quiet(berlin, datetime(2026, 10, 24, 5, 30, tzinfo=UTC))
    assert is_quiet(berlin, datetime(2026, 10, 25, 5, 30, tzinfo=UTC))
    assert not is_quiet(berlin, datetime(2026, 10, 25, 6, 0, tzinfo=UTC))


@pytest.mark.parametrize(
    "quiet", [{}, {"quiet_from": time(22)}, {"quiet_from": time(7), "quiet_until": time(7)}]
)
def test_without_two_ends_nothing_is_quiet(quiet):
    assert not is_quiet(wishes(**quiet), at(24, "23:00"))
    assert told(wishes(**quiet))["quiet"] is None


def test_a_zone_that_is_not_known_is_the_sites_own():
    assert is_quiet(wishes("Mars/Olympus", **NIGHT), at(24, "23:00"))
