"""All that the product asks of Redis is in the words of Redis 5: its builds for Windows ended there."""

import pytest

from operations.start.readiness import wait_until
from tests.fault.lab.overheard import Overheard
from tests.fault.lab.redis import Redis


@pytest.fixture
def redis(tmp_path):
    redis = Redis(tmp_path).start().wait()
    yield redis
    redis.kill()


def test_from_the_start_to_a_message(tables, terminal, diagnosed, folder, redis):
    overheard = Overheard(redis.url)
    up = terminal("--no-demo", REDIS_URL=redis.url).is_up()
    _, found, printed = diagnosed(PRIZMAI_DATA=str(folder), REDIS_URL=redis.url)
    assert found["A message"]["ok"] and found["Celery worker"]["ok"] and found["Celery beat"]["ok"], printed
    asked = lambda word: any(word in words for words in overheard.asked)  # noqa: E731
    assert wait_until(lambda: asked("BRPOP") and asked("PUBLISH") and asked("ZREVRANGEBYSCORE"), 30)
    up.presses_ctrl_c()
    overheard.close()
    assert overheard.newer_than(5) == []
