"""What the channel layer, Celery and our own clients are told of REDIS_URL: each in the words it understands."""

import asyncio
import os
import subprocess
import sys
from pathlib import Path

import pytest
from channels_redis.utils import create_pool
from django.core.exceptions import ImproperlyConfigured
from kombu import Connection
from redis.exceptions import RedisError

from kanban_board.redis import reached_at

ROOT = Path(__file__).resolve().parents[2]
WATCHED = "redis+sentinel://a%40da:h%2Fush@one,[::1]:7001/chat/2?sentinel_password=whisper"


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("redis://cache:6379/3", "redis://cache:6379/3"),
        ("unix:///run/redis.sock", "redis+socket:///run/redis.sock"),
        ("rediss://cache", "rediss://cache?ssl_cert_reqs=required"),
        (
            "rediss://cache/3?ssl_ca_certs=ca.crt",
            "rediss://cache/3?ssl_ca_certs=ca.crt&ssl_cert_reqs=required",
        ),
        ("rediss://cache?ssl_cert_reqs=none", "rediss://cache?ssl_cert_reqs=none"),
        ("redis+sentinel://one,two/chat", "sentinel://one:26379/0;sentinel://two:26379/0"),
    ],
)
def test_jobs_believe_no_other_certificate_than_the_line_does(url, name):
    assert reached_at(url).broker == name


def test_a_local_socket_is_not_kept_alive():
    assert "socket_keepalive" not in reached_at("unix:///run/redis.sock").layer
    assert reached_at("redis://cache").layer["socket_keepalive"]


def test_the_channel_layer_asks_sentinels():
    pool = create_pool(reached_at(WATCHED).layer)
    asked = [sentinel.connection_pool.connection_kwargs for sentinel in pool.sentinel_manager.sentinels]
    assert pool.service_name == "chat"
    assert [(one["host"], one["port"], one["password"]) for one in asked] == [
        ("one", 26379, "whisper"),
        ("::1", 7001, "whisper"),
    ]
    redis = pool.connection_kwargs
    assert (redis["username"], redis["password"], redis["db"]) == ("a@da", "h/ush", 2)


def test_jobs_ask_the_same_sentinels():
    reached = reached_at(WATCHED)
    broker = Connection(reached.broker, transport_options=reached.broker_options)
    assert (broker.userid, broker.password, broker.virtual_host) == ("a@da", "h/ush", "2")
    assert [Connection(one).info()["hostname"] for one in broker.alt] == ["one", "::1"]
    assert broker.transport_options["master_name"] == "chat"
    assert "ush" not in broker.as_uri()


def test_a_silent_sentinel_leaves_time_for_the_others():
    """The library would ask one again and again for longer than the channel layer may take."""
    pool = create_pool(reached_at(WATCHED).layer)
    asked = pool.sentinel_manager.sentinels[0].connection_pool.make_connection()
    assert asked.retry.get_retries() == 0
    assert asked.socket_connect_timeout + asked.socket_timeout < 0.5


async def test_our_own_client_waits_for_a_free_connection_to_the_primary():
    redis = reached_at(WATCHED).async_client(1, socket_timeout=0.5)
    pool = redis.connection_pool
    assert (pool.max_connections, pool.service_name) == (1, "chat")
    taken = pool.get_available_connection()
    waiting = asyncio.create_task(pool.get_connection())
    await asyncio.sleep(0)
    assert not waiting.done()
    await pool.release(taken)
    with pytest.raises(RedisError):  # now it is let on, and finds nobody there
        await waiting


def test_what_cannot_be_meant_is_told_with_how_it_is_written():
    with pytest.raises(ImproperlyConfigured, match="Cluster.*Write it as redis://"):
        reached_at("redis+cluster://one:6379")


def layer_of_settings(tmp_path, url):
    """The process that printed what the settings make of it."""
    says = "from django.conf import settings; print(settings.CHANNEL_LAYERS['default']['CONFIG']['hosts'])"
    env = {**os.environ, "PRIZMAI_DATA": str(tmp_path), "REDIS_URL": url}
    return subprocess.run([sys.executable, "-c", says], cwd=ROOT, env=env, capture_output=True, text=True)


def test_the_settings_understand_sentinels(tmp_path):
    printed = layer_of_settings(tmp_path, "redis+sentinel://:hush@one,two/chat").stdout
    assert "'master_name': 'chat'" in printed and "'socket_timeout': 0.5" in printed


def test_the_settings_tell_what_they_do_not_understand(tmp_path):
    assert "the primary is missing" in layer_of_settings(tmp_path, "redis+sentinel://one:26379/").stderr
