"""The files for two Redis and their Sentinels speak of the same passwords, addresses and name."""

import re
from pathlib import Path

from operations.redis_address import place_of

DEPLOY = Path(__file__).parents[3] / "docs/deploy"
GUIDE = DEPLOY.parent / "self-hosting.md"


def said(name, word):
    """What the file says after this word."""
    return re.search(rf"^(?:# )?{word} ?(.*)$", (DEPLOY / name).read_text(), re.MULTILINE)[1]


def place():
    written = re.search(r"^# REDIS_URL=(redis\+sentinel:\S+)$", (DEPLOY / "prizmai.env").read_text(), re.M)
    return place_of(written[1])


def test_the_environment_names_the_sentinels_and_what_they_watch():
    first, _, _ = said("sentinel.conf", "bind").partition(" ")
    assert place().places[0] == (first, int(said("sentinel.conf", "port")))
    watched = f"{place().name} {first} {said('redis.conf', 'port')} 2"
    assert said("sentinel.conf", "sentinel monitor") == watched
    assert len(place().places) == 3


def test_everybody_is_let_in():
    password = place().password
    assert said("redis.conf", "requirepass") == said("redis.conf", "masterauth") == password
    assert said("sentinel.conf", "sentinel auth-pass") == f"{place().name} {password}"
    assert said("sentinel.conf", "requirepass") == place().own_password


def test_the_guide_says_what_the_environment_does():
    line = re.search(r"^REDIS_URL=(\S+)$", GUIDE.read_text(), re.MULTILINE)
    assert place_of(line[1]) == place()
