"""Two installations on one Redis neither do each other's jobs nor hear each other's hints."""

import json
import os
import subprocess
import sys

import pytest

from operations.start.readiness import wait_until
from operations.start.redis_choice import noted_password
from operations.websocket_by_hand import ask_http

from ..fault.lab.tables import copy_tables
from .terminal import PROJECT, clean_environment

JOBS = 20
pytestmark = pytest.mark.skipif(os.name == "nt", reason="signals as POSIX has them")


def redis_of(terminal):
    """The address of the Redis that this launcher brought along."""
    port = json.loads((terminal.data / "running.json").read_text())["redis"]["url"].rpartition(":")[2]
    return f"redis://:{noted_password(terminal.data)}@127.0.0.1:{port}"


def orders_jobs(terminal, redis, **environment):
    """Their ids."""
    ordering = (
        f"from operations.tasks import beat\nfor _ in range({JOBS}): print(beat.apply_async(retry=False).id)"
    )
    told = {"PRIZMAI_DATA": str(terminal.data), **environment, "REDIS_URL": redis}
    python = [sys.executable, PROJECT / "manage.py", "shell", "--no-imports", "-c", ordering]
    done = subprocess.run(
        python, env={**clean_environment(), **told}, check=True, capture_output=True, text=True
    )
    return done.stdout.split()


def jobs_done(terminal, ids):
    log = (terminal.data / "logs" / "worker.log").read_text()
    return sum(f"[{id}] succeeded" in log for id in ids)


def hears(terminal):
    """How many other processes its web server hears of."""
    state = json.loads(ask_http(f"http://127.0.0.1:{terminal.port}", "/readyz")[2])
    return len(set(state["hears"]) - {state["process"]})


@pytest.fixture
def two(tables, terminal, tmp_path):
    """Both up, on the Redis of the first; an environment told to both makes them one, or not."""

    def come_up(**environment):
        first = terminal("--no-demo", **environment).is_up()
        redis = redis_of(first)
        shared = {"DATABASE_URL": f"sqlite:///{first.data / 'prizmai.sqlite3'}"} if environment else {}
        environment |= {"REDIS_URL": redis, **shared}
        copy_tables(tmp_path / "other")
        second = terminal("--no-demo", data=tmp_path / "other", **environment).is_up()
        ids = orders_jobs(first, redis, **environment)
        assert wait_until(lambda: jobs_done(first, ids) + jobs_done(second, ids) == JOBS, 20)
        return first, second, jobs_done(second, ids)

    return come_up


def test_two_installations_on_one_redis_keep_apart(two):
    first, second, done_by_the_second = two()
    assert done_by_the_second == 0
    assert hears(first) == hears(second) == 0


def test_two_installations_of_one_name_are_one(two):
    first, second, done_by_the_second = two(INSTALLATION="one")
    assert done_by_the_second > 0
    assert wait_until(lambda: hears(first) == hears(second) == 1, 10)
