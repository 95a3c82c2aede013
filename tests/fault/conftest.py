"""Installations to break: one on PostgreSQL, one on SQLite, and the twins that lack a mechanism."""

import pytest

from ..scene import Scene
from .lab.house import POSTGRES, SQLITE, House, new_postgres
from .lab.web import DAPHNE, UVICORN

_lines = []


@pytest.fixture(scope="session")
def postgres():
    server = new_postgres()
    yield server
    server.stop()


@pytest.fixture(scope="module", params=[POSTGRES, SQLITE])
def lab(request):
    """Two web processes on this database, and no Redis so far."""
    postgres = request.getfixturevalue("postgres") if request.param == POSTGRES else None
    yield from _laboratory(postgres)


@pytest.fixture(scope="module")
def twin():
    """The same without the poll: hints are all it has."""
    yield from _laboratory(None, PRIZMAI_LIVE_POLL="off")


def _laboratory(postgres, **more_env):
    with House(postgres, more_env) as house:
        house.stage.ask("migrate")
        house.scene = Scene(house.stage).is_set()
        house.opens(DAPHNE, UVICORN)
        yield house


@pytest.fixture
def redis(lab):
    """Redis runs before and after."""
    yield _running(lab.redis)
    _running(lab.redis)


@pytest.fixture
def twin_redis(twin):
    yield _running(twin.redis)
    _running(twin.redis)


def _running(redis):
    redis.thaw() if redis.lives else redis.start()
    return redis.wait()


@pytest.fixture
def report(request):
    """Put a line into the summary of the run."""
    return lambda verdict: _lines.append(f"{request.node.name}: {verdict}")


def pytest_terminal_summary(terminalreporter):
    if _lines:
        terminalreporter.section("faults")
        for line in _lines:
            terminalreporter.write_line(line)
