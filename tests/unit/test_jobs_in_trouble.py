"""While the database is away the worker's log has a line of it, and not a traceback of each job."""

import io
import logging

import pytest
from celery import shared_task
from django.db import InterfaceError, OperationalError
from redis.exceptions import ConnectionError as RedisAway

from kanban_board import jobs_in_trouble
from live.database.trouble import CALM, Trouble


class Clock:
    now = 1000.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock(monkeypatch):
    clock, log = Clock(), jobs_in_trouble.log
    kinds = [kinds for kinds, _ in jobs_in_trouble.TROUBLES]
    anew = [Trouble(thing, log, clock) for thing in ("The database", "Redis")]
    monkeypatch.setattr(jobs_in_trouble, "TROUBLES", list(zip(kinds, anew, strict=True)))
    return clock


@pytest.fixture
def written(clock):
    """What stands in the log, from INFO on."""
    file, root = io.StringIO(), logging.getLogger()
    handler, level = logging.StreamHandler(file), root.level
    root.addHandler(handler)
    yield lambda: [line for line in file.getvalue().splitlines() if "succeeded" not in line]
    root.removeHandler(handler)
    root.setLevel(level)


@shared_task(name="tests.does")
def does():
    if does.failure:
        raise does.failure


def ends(failure=None):
    """The state in which a job ends that meets this."""
    does.failure = failure
    return does.apply().state


@pytest.mark.parametrize(
    ("failure", "thing"),
    [(OperationalError, "The database"), (InterfaceError, "The database"), (RedisAway, "Redis")],
)
def test_jobs_fail_and_it_is_said_once_each_way(written, clock, failure, thing):
    assert [ends(failure("connection refused")) for _ in range(30)] == ["FAILURE"] * 30
    assert written() == [f"{thing} is in trouble: connection refused"]
    clock.now += CALM
    assert [ends() for _ in range(3)] == ["SUCCESS"] * 3
    assert written()[1:] == [f"{thing} answers again, for 30 s by now."]


def test_a_fault_of_ours_is_shown_in_full(written):
    assert ends(LookupError("a fault")) == "FAILURE"
    assert "LookupError: a fault" in written()[-1] and any("Traceback" in line for line in written())
