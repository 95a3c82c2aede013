"""Sentinels: everything runs by whom they name, and the diagnostic finds what is wrong with them."""

import pytest

from kanban_board.redis import reached_at
from operations.doctor import redis, sentinels
from operations.start.readiness import wait_until

from ..fault.lab.sentinels import Watched
from .test_start_and_stop import diagnose

NOBODY = "http://127.0.0.1:1"


@pytest.fixture(scope="module")
def watched(tmp_path_factory):
    watched = Watched(tmp_path_factory.mktemp("watched"))
    yield watched.start()
    watched.close()


class Place:
    def __init__(self, url):
        self.redis_url = url


def finding(check, url):
    """The one there is."""
    [found] = check(Place(url))
    return found


def test_all_is_well(watched, diagnosed):
    _, found, printed = diagnosed("--url", NOBODY, REDIS_URL=watched.url)
    assert f"3 answer and name 127.0.0.1:{watched.primary.port}" in found["Sentinels"]["what"]
    assert f"Answers at redis://127.0.0.1:{watched.primary.port}" in found["Redis"]["what"]
    assert found["Sentinels"]["ok"] and found["Redis"]["ok"] and found["Channel layer"]["ok"]
    assert not any(password in printed for password in (watched.place.password, watched.place.own_password))


def test_the_launcher_and_its_parts_use_whom_they_name(watched, tables, terminal):
    ada = terminal("--no-demo", REDIS_URL=watched.url).is_up()
    assert "redis" not in ada.parts and "redis+sentinel://" in ada.text
    assert diagnose(ada, REDIS_URL=watched.url) == (0, [])
    assert watched.place.password not in ada.text


async def test_who_looks_where_is_kept_by_whom_they_name(watched):
    reached, prompt = reached_at(watched.url), {"socket_timeout": 0.5, "decode_responses": True}
    async with reached.async_client(2, **prompt) as line:
        await line.hset("looking", "ada", "hangar")
    with reached.client(**prompt) as line:
        assert line.hvals("looking") == ["hangar"]
        assert line.connection_pool.get_master_address() == ("127.0.0.1", watched.primary.port)


def test_one_server_has_none():
    assert list(sentinels.check(Place("redis://127.0.0.1:6379"))) == []


def test_a_name_that_none_knows(watched):
    url = watched.url.replace("/chat?", "/chess?")
    found = finding(sentinels.check, url)
    assert not found.ok and "know no primary called chess" in found.what and "sentinel monitor" in found.cure
    assert finding(redis.check, url).ok is None


def test_their_password_is_missing(watched):
    found = finding(sentinels.check, watched.url.partition("?")[0])
    assert "refuse us: NOAUTH" in found.what and "sentinel_password" in found.cure


def test_the_password_of_redis_is_another(watched):
    found = finding(redis.check, watched.url.replace(f":{watched.place.password}@", ":other@"))
    assert "WRONGPASS" in found.what and f"127.0.0.1:{watched.primary.port}" in found.what


def test_one_that_hangs(watched):
    watched.sentinels[0].freeze()
    try:
        found = finding(sentinels.check, watched.url)
        assert finding(redis.check, watched.url).ok
    finally:
        watched.sentinels[0].thaw()
    assert f"1 of 3 do not answer: 127.0.0.1:{watched.sentinels[0].port}" in found.what
    assert "choose another" in found.cure


def test_nobody_could_take_its_place(watched):
    watched.replica.kill()
    assert wait_until(lambda: not finding(sentinels.check, watched.url).ok, seconds=10)
    try:
        assert "No replica stands behind" in finding(sentinels.check, watched.url).what
    finally:
        watched.replica.start().wait()
