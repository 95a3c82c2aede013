"""What REDIS_URL may say, and what is told of what it may not."""

import pytest

from operations.redis_address import Address, Sentinels, place_of

USUAL = "redis+sentinel://one:26379,two:26379/chat"


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("redis://127.0.0.1:6379", "redis://127.0.0.1:6379"),
        ("redis://:hush@cache/3", "redis://cache:6379/3"),
        ("rediss://ada:hush@[::1]:7000", "rediss://[::1]:7000"),
        ("unix:///run/redis.sock", "unix:///run/redis.sock"),
        (USUAL, USUAL),
        ("redis+sentinel://ada:hush@one,[fe80::2]:7001/chat/3?sentinel_password=hush", None),
    ],
)
def test_an_address_is_shown_without_its_password(url, shown):
    assert str(place_of(url)) == (shown or "redis+sentinel://one:26379,[fe80::2]:7001/chat/3")


def test_an_address_says_whose_certificates_are_believed():
    assert (
        Address.parse("rediss://cache:7000/3?ssl_ca_certs=/etc/own%20ca.crt").authorities == "/etc/own ca.crt"
    )
    assert Address.parse("rediss://cache:7000/3").authorities is None


def test_sentinels_may_be_many_and_each_has_its_usual_port():
    assert place_of("redis+sentinel://one,two:7001,[::1],[fe80::2]:7002/chat").places == (
        ("one", 26379),
        ("two", 7001),
        ("::1", 26379),
        ("fe80::2", 7002),
    )


def test_name_and_password_are_those_of_redis():
    found = place_of("redis+sentinel://a%40da:h%2Fu%3Fs@h@one/chat/2")
    assert (found.username, found.password, found.database) == ("a@da", "h/u?s@h", 2)
    assert found.primary_at("10.0.0.1", "6379") == Address(
        "redis", "10.0.0.1", 6379, "", 2, "a@da", "h/u?s@h"
    )


def test_sentinels_are_asked_with_their_own_password():
    found = place_of("redis+sentinel://:hush@one/chat?sentinel_password=an%20other")
    assert [(each.username, each.password, each.database) for each in found.each] == [("", "an other", 0)]
    assert place_of("redis+sentinel://:hush@one/chat").each[0].password == ""


@pytest.mark.parametrize(
    ("url", "what"),
    [
        ("http://127.0.0.1:6379", "http:// is none of redis://, rediss://, unix://, redis\\+sentinel://"),
        ("127.0.0.1", "no scheme:// is none of"),
        ("redis://cache:hush", "port"),
        ("redis://cache:70000", "port"),
        ("redis://cache/first", "database"),
        ("redis://one:6379,two:6379", "begin with redis\\+sentinel://"),
        ("redis+cluster://one:6379", "Cluster"),
        ("rediss+cluster://one:6379", "Cluster"),
        ("sentinel://one:26379/chat", "sentinel:// is none of"),
        ("rediss+sentinel://one:26379/chat", "rediss\\+sentinel:// is none of"),
        ("redis+sentinel:///chat", "no Sentinel is named"),
        ("redis+sentinel://one:26379,two:26379", "what the Sentinels call the primary is missing"),
        ("redis+sentinel://one:26379/", "is missing"),
        ("redis+sentinel://one:port/chat", "port"),
        ("redis+sentinel://:26379/chat", "without a host"),
        ("redis+sentinel://::1/chat", "port|IPv6"),
        ("redis+sentinel://one/chat/first", "database"),
        ("redis+sentinel://one/chat?ssl=true", "ssl after \\? is not understood"),
    ],
)
def test_what_cannot_be_meant_is_told(url, what):
    with pytest.raises(ValueError, match=what):
        place_of(url)


@pytest.mark.parametrize("url", ["redis://:hu/sh@cache", "redis+sentinel://:hu/sh@one/chat"])
def test_what_cannot_be_read_repeats_no_part_of_a_password(url):
    with pytest.raises(ValueError) as told:
        place_of(url)
    assert "hu" not in str(told.value).replace("such", "") and "sh@" not in str(told.value)


def test_one_server_and_sentinels_are_told_apart():
    assert isinstance(place_of("redis://sentinel"), Address) and isinstance(place_of(USUAL), Sentinels)
