"""Installations to break, and the record of what was measured.

PRIZMAI_LANE="1/2" runs one half of the tests, for two halves side by side: most of their time is waiting.
"""

import os

import pytest

from ..scene import Scene
from .lab.house import POSTGRES, SQLITE, House, new_postgres
from .lab.link import Link
from .lab.web import DAPHNE, UVICORN
from .record import Record

ELSEWHERE = {"linked", "twin", "signs_in"}  # fixtures with installations of their own

_record = Record()


@pytest.fixture(scope="session")
def postgres():
    server = new_postgres()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def durable():
    """A PostgreSQL that keeps what it has confirmed, whatever happens to it."""
    server = new_postgres(durable=True)
    yield server
    server.thaw()
    server.stop()


@pytest.fixture(scope="session")
def on_postgres(postgres):
    yield from _laboratory(postgres)


@pytest.fixture(scope="session")
def on_sqlite():
    yield from _laboratory(None)


@pytest.fixture(params=[POSTGRES, SQLITE])
def lab(request):
    """Two web processes, one under each server, on this database. What an earlier test broke is mended first."""
    return mended(request.getfixturevalue(f"on_{request.param}"))


@pytest.fixture(scope="session")
def _twin():
    yield from _laboratory(None, PRIZMAI_LIVE_POLL="off", linked=True)


@pytest.fixture
def twin(_twin):
    """The same without the poll: hints are all it has, by a link to Redis that can be broken: `house.to_redis`."""
    _twin.to_redis.heals()
    return mended(_twin)


@pytest.fixture(scope="session")
def _linked(durable):
    """On a durable PostgreSQL, with a link to it and one to Redis that can be broken: `house.to_database`,
    `house.to_redis`."""
    with House(durable) as house:
        house.settle()
        house.scene = Scene(house.stage).is_set()
        house.to_database, house.to_redis = Link(durable.port), Link(house.redis.port)
        house.over_links = {
            "DATABASE_URL": house.database_url.replace(f":{durable.port}/", f":{house.to_database.port}/"),
            "REDIS_URL": f"redis://{house.to_redis.address}",
        }
        house.opens(DAPHNE, UVICORN, **house.over_links)
        yield house
        house.to_database.close()
        house.to_redis.close()


@pytest.fixture
def linked(_linked):
    _linked.postgres.thaw() if _linked.postgres.lives else _linked.postgres.start()
    _linked.postgres.wait()
    for link in (_linked.to_database, _linked.to_redis):
        link.heals()
    _linked.to_redis.leads_to(_linked.redis.port)
    _running(_linked.redis)
    return mended(_linked)


def _laboratory(postgres, linked=False, **more_env):
    with House(postgres, more_env) as house:
        if linked:
            house.to_redis = Link(house.redis.port)
            house.env["REDIS_URL"] = f"redis://{house.to_redis.address}"
        house.has_tables()
        house.scene = Scene(house.stage).is_set()
        house.opens(DAPHNE, UVICORN)
        yield house


def mended(house):
    for web in house.webs:
        web.thaw() if web.lives else web.start()
    for web in house.webs:
        web.wait()
    return house


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
    if redis.lives:
        redis.thaw()
        if redis.says("PING").startswith("-NOAUTH"):
            redis.kill()
    return redis.start().wait() if not redis.lives else redis.wait()


# -- the record --------------------------------------------------------------------------------------------------


@pytest.fixture
def report(request):
    """Tell what was measured."""
    return lambda figure: _record.measured(request.node.name, figure)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    told = yield
    if told.when == "call" or (told.when == "setup" and not told.passed):
        _record.ended(item.name, *_outcome(told))
    return told


def _outcome(told):
    """(a word, why). What is known not to reach its figure is `missed`, and says what it reaches."""
    if hasattr(told, "wasxfail"):
        return "missed", told.wasxfail.removeprefix("reason: ")
    return told.outcome, told.longrepr[2] if told.skipped else ""


def pytest_terminal_summary(terminalreporter):
    if _record.rows:
        terminalreporter.section("faults")
        for line in _record.lines():
            terminalreporter.write_line(line)


def pytest_collection_modifyitems(config, items):
    lane, _, lanes = os.environ.get("PRIZMAI_LANE", "").partition("/")
    if lane:
        others = [item for item in items if _lane_of(item, int(lanes)) != int(lane)]
        items[:] = [item for item in items if item not in others]
        config.hook.pytest_deselected(items=others)


def _lane_of(item, lanes):
    """Tests of one installation stay together, so that it is started once."""
    first = not ELSEWHERE.isdisjoint(item.fixturenames) or POSTGRES in item.name
    return 1 if first or lanes == 1 else 2
