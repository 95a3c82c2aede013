"""Jobs, the line and our own clients speak to Redis in the words of Redis 5."""

import os

import pytest
from django.conf import settings
from kombu import Connection, Exchange, Queue
from kombu.transport import redis as usual
from redis import Redis as Client

from kanban_board.redis import reached_at
from operations.start.readiness import asking_workers, wait_until
from tests.fault.lab.jobs import Worker, read
from tests.fault.lab.overheard import Overheard
from tests.fault.lab.redis import Redis

OPTIONS = {"global_keyprefix": "here:", "visibility_timeout": 0}
DUE = usual.Channel.keyprefix_binding_deadlines


@pytest.fixture(scope="module")
def redis(tmp_path_factory):
    redis = Redis(tmp_path_factory.mktemp("redis")).start().wait()
    yield redis
    redis.kill()


@pytest.fixture
def overheard(redis):
    overheard = Overheard(redis.url)
    yield overheard
    overheard.close()


def is_heard(overheard, *words):
    return wait_until(lambda: any(set(words) <= set(asked) for asked in overheard.asked), 5)


def test_newer_words_would_be_heard(redis, overheard):
    with Client.from_url(redis.url) as client:
        client.zadd("some", {"one": 1}, gt=True)
        client.zrange("some", 0, 1, byscore=True)
        client.getdel("none")
    assert is_heard(overheard, "GETDEL")
    newer = [("GETDEL", "GETDEL"), ("HELLO", "HELLO"), ("ZADD", "GT"), ("ZRANGE", "BYSCORE")]
    assert set(newer) <= set(overheard.newer_than(5))


def test_a_job_whose_worker_died_is_given_to_another(redis, overheard):
    with Connection(redis.url, transport_options=OPTIONS) as broker:
        jobs = broker.SimpleQueue("jobs")
        jobs.put("a letter")
        assert jobs.get(timeout=5).payload == "a letter"  # and is never done
        broker.default_channel.qos.restore_visible(num=10, interval=1)
        assert jobs.get(timeout=5).payload == "a letter"
    assert is_heard(overheard, "ZREVRANGEBYSCORE")
    assert overheard.newer_than(5) == []


def test_a_table_of_short_lived_queues_stays_as_long_as_the_longest_lived_of_them(redis, overheard):
    due = []
    with Connection(redis.url, transport_options=OPTIONS) as broker:
        channel = broker.default_channel
        for hours in (5, 9, 2):
            Queue(f"answers-{hours}", Exchange("answers"), expires=hours * 3600).bind(channel).declare()
            due.append(channel.client.execute_command("ZSCORE", f"here:{DUE}", "answers"))
        assert due[0] < due[1] == due[2]
        assert len(channel.client.smembers(channel.keyprefix_queue % "answers")) == 3
    assert is_heard(overheard, "ZADD")
    assert overheard.newer_than(5) == []


def test_our_own_clients_say_nothing_newer(redis, overheard):
    with reached_at(redis.url).client() as client:
        client.ping()
    assert is_heard(overheard, "PING")
    assert overheard.newer_than(5) == []


@pytest.fixture
def worker(redis, tmp_path):
    told = {"REDIS_URL": redis.url, "PRIZMAI_DATA": str(tmp_path), "INSTALLATION": settings.INSTALLATION}
    worker = Worker(env={**os.environ, **told}, folder=tmp_path).start().wait()
    yield worker
    worker.kill()


def test_a_worker_whose_redis_is_a_replica_for_a_while_waits_and_goes_on(redis, worker):
    redis.is_told("REPLICAOF 127.0.0.1 1")
    try:
        assert wait_until(lambda: "Trying again" in read(worker.log), 10), read(worker.log)
        assert worker.process.poll() is None
    finally:
        redis.is_told("REPLICAOF NO ONE")
    asking = asking_workers(redis.url, seconds=3)
    assert wait_until(lambda: asking.control.ping(timeout=1), 20), read(worker.log)


async def test_the_line_says_nothing_newer(redis, overheard):
    from channels_redis.pubsub import RedisPubSubChannelLayer

    layer = RedisPubSubChannelLayer(hosts=[reached_at(redis.url).layer])
    channel = await layer.new_channel()
    await layer.group_add("all", channel)
    await layer.group_send("all", {"type": "hint"})
    assert await layer.receive(channel) == {"type": "hint"}
    await layer.flush()
    client = reached_at(redis.url).async_client(1)
    await client.hset("looking", "page", "7")
    await client.aclose()
    assert is_heard(overheard, "HSET")
    assert overheard.newer_than(5) == []
