"""The page of how it is: what is kept in the database is judged rightly, and told to administrators alone."""

import time
from collections import namedtuple
from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from messaging.models import Errand
from operations.doctor.finding import well, wrong
from operations.health import judging, keeping, looking, words
from operations.health.delays import Stretch, last_hour_and_day, sum_of
from operations.health.page import how_it_is
from operations.models import Backup, Check, Heartbeat, LineProcess, Minute

pytestmark = pytest.mark.django_db
PAGE = "/how-it-is/"
INF = float("inf")
GB = 1_000_000_000  # bytes
Room = namedtuple("Room", "total used free")


def writes(process="a", minutes=None, **standing):
    """A process writes its diary."""
    state = {"mode": "live", "since": time.time(), "sockets": 2, "redis": "redis://r", "hears": ["a", "b"]}
    keeping.keep({**state, "process": process, **standing}, minutes or {})


def ago(**span):
    return timezone.now() - timedelta(**span)


def this_minute(minus=0):
    return int(time.time() // 60 - minus) * 60


def lives(*names, at=None):
    for name in names or ("worker", "scheduler", "beat"):
        Heartbeat.objects.update_or_create(name=name, defaults={"at": at or timezone.now(), "host": "vm"})


def backed_up(**how):
    told = {"path": "/b/1.tar.gz", "size": 5_000_000, "messages": 12, "tested_at": timezone.now()}
    return Backup.objects.create(**{**told, **how})


def wrong_ones():
    return {one.name: one for one in how_it_is()["wrong"]}


@pytest.fixture
def all_is_well():
    writes()
    lives()
    backed_up()
    Check.note("unread", 0)


@pytest.fixture
def admin():
    client = Client()
    client.force_login(get_user_model().objects.create_user("ada", is_superuser=True))
    return client


def page_of(client):
    answer = client.get(PAGE)
    assert answer.status_code == 200
    return answer.content.decode()


# -- delays ----------------------------------------------------------------------------------------------------------


def test_delays_of_all_processes_are_one(all_is_well):
    writes("a", {this_minute(): {0.01: 50, 0.1: 1}})
    writes("b", {this_minute(): {0.01: 49}, this_minute(30): {0.01: 100}})
    minutes, quarters = last_hour_and_day()
    assert (minutes[-1].counts, minutes[-31].total) == ({0.01: 99, 0.1: 1}, 100)
    assert sum_of(minutes).counts == sum_of(quarters).counts == {0.01: 199, 0.1: 1}


def test_a_minute_is_written_anew_and_not_added():
    writes("a", {this_minute(): {0.01: 1}})
    writes("a", {this_minute(): {0.01: 3}})
    assert [one.counts for one in Minute.objects.all()] == [{"0.01": 3}]
    assert LineProcess.objects.count() == 1


def test_what_is_beyond_every_bound_is_kept():
    writes("a", {this_minute(): {INF: 1}})
    minutes, _ = last_hour_and_day()
    assert minutes[-1].counts == {INF: 1}


def test_what_is_over_is_in_neither():
    writes("a", {this_minute(60 * 25): {0.01: 1}})
    assert [sum_of(stretches).total for stretches in last_hour_and_day()] == [0, 0]
    keeping.forget()
    assert not Minute.objects.exists()


@pytest.mark.parametrize(
    ("counts", "share", "seconds"),
    [
        ({0.01: 100}, 0.5, 0.0075),
        ({0.01: 50, 0.1: 50}, 0.5, 0.01),
        ({0.01: 50, 0.1: 50}, 0.75, 0.075),
        ({0.001: 100}, 0.25, 0.00025),
        ({0.01: 98, INF: 2}, 0.99, 10.0),
        ({}, 0.5, None),
    ],
)
def test_within_how_long_a_share_of_them_came(counts, share, seconds):
    stretch = Stretch(timezone.now())
    stretch.counts.update(counts)
    found = stretch.within(share)
    assert found is seconds is None or found == pytest.approx(seconds)


# -- judging ---------------------------------------------------------------------------------------------------------


def test_all_is_well(all_is_well, admin):
    assert wrong_ones() == {}
    assert "All is well" in page_of(admin)


def test_redis_being_away_is_told_by_the_lines(all_is_well):
    writes("b", mode="degraded", since=time.time() - 600)
    told = wrong_ones()["The live line"].what
    assert told.startswith(f"Degraded since {words.moment(ago(minutes=10))}: 1 of 2")


def test_what_the_diagnostic_said_of_redis_is_not_told_as_true_while_it_is_away(all_is_well):
    answers = [well("Redis", "Answers."), well("Mail", "Leaves.")]
    Check.note("diagnostic", 0, [one.as_dict() for one in answers])
    assert [one.ok for one in how_it_is()["asked"]] == [True, True]
    writes("a", mode="degraded")
    assert [one.ok for one in how_it_is()["asked"]] == [None, True]
    Check.objects.filter(name="diagnostic").update(at=ago(minutes=10))
    assert [one.ok for one in how_it_is()["asked"]] == [None, None]


def test_what_the_diagnostic_complains_of_is_wrong(all_is_well):
    Check.note("diagnostic", 1, [wrong("Database", "3 migrations are missing.", "Run migrate.").as_dict()])
    assert wrong_ones()["Database"].cure == "Run migrate."


def test_processes_that_do_not_hear_each_other(all_is_well):
    writes("a", since=time.time() - 60)
    writes("b", since=time.time() - 60, hears=["b"])
    assert "1 of 2 do not hear" in wrong_ones()["Web processes"].what


@pytest.mark.parametrize("how", [{"hears": ["b"]}, {"hears": ["b"], "redis": "redis://moved"}])
def test_one_that_was_started_anew_is_not_to_hear_the_one_before(all_is_well, how):
    writes("a", since=time.time() - 60)
    LineProcess.objects.filter(name="a").update(at=ago(seconds=20))
    writes("b", since=time.time() - 19, **how)
    assert wrong_ones() == {}


def test_two_that_were_just_started_have_not_heard_of_each_other_yet(all_is_well):
    writes("a", hears=[], since=time.time() - 5)
    writes("b", hears=[], since=time.time() - 5)
    assert wrong_ones() == {}


def test_processes_at_two_redis_at_the_same_time(all_is_well):
    writes("a", since=time.time() - 5)
    writes("b", since=time.time() - 5, redis="redis://elsewhere")
    assert "redis://elsewhere and redis://r" in wrong_ones()["Web processes"].what


def test_a_process_that_ended_is_told_no_more(all_is_well):
    writes("b", mode="degraded", hears=[])
    LineProcess.objects.filter(name="b").update(at=ago(seconds=61))
    assert wrong_ones() == {}


@pytest.mark.parametrize(
    ("dead", "names"),
    [("worker", {"Celery worker"}), ("scheduler", {"Celery beat"}), ("beat", {"Jobs"})],
)
def test_who_was_not_heard_is_named(all_is_well, dead, names):
    lives(dead, at=ago(seconds=100))
    assert wrong_ones().keys() == names
    Heartbeat.objects.filter(name=dead).delete()
    assert wrong_ones().keys() == names


@pytest.mark.parametrize(
    ("ahead", "name"), [("worker", "Celery worker"), ("scheduler", "Celery beat"), ("beat", "Jobs")]
)
def test_a_clock_that_is_ahead_is_told(all_is_well, ahead, name):
    lives(ahead, at=ago(seconds=-5))
    assert wrong_ones() == {}  # by so much, those of machines may differ
    for seconds in (60, 7200):
        lives(ahead, at=ago(seconds=-seconds))
        (told,) = wrong_ones().values()
        assert told.name == name and "s from now, on vm: clocks differ" in told.what and "NTP" in told.cure


def test_slow_messages_are_told(all_is_well):
    writes("a", {this_minute(): {0.01: 80, 2.5: 20}})
    assert "Slowly: 99 of 100 within 2.4 s" in wrong_ones()["Messages arrive"].what


def test_counts_told_wrongly_are_told(all_is_well):
    Check.note("unread", 2, ["comments in conversation 4: told 7, true 6"])
    told = wrong_ones()["Unread counts"].what
    assert (
        told
        == "2 counts told wrongly, gone through 0 s ago, such as comments in conversation 4: told 7, true 6."
    )
    Check.objects.update(wrong=0, at=ago(hours=26))
    assert wrong_ones() == {} and judging.unread_counts().ok is None


def test_work_that_waits_too_long_is_told(all_is_well):
    Errand.objects.create(verb="ring", noun_id=1, due_at=ago(seconds=10))
    Errand.objects.create(verb="ring", noun_id=2, due_at=timezone.now() + timedelta(hours=1), last_error="X")
    assert judging.errands().what == "1 errand due. 1 errand failed and will be tried again."
    Errand.objects.create(verb="ring", noun_id=3, due_at=ago(minutes=7))
    assert wrong_ones()["Work that waits"].what.startswith("2 errands due, the oldest for 7 min.")


@pytest.mark.parametrize(
    ("how", "names"),
    [
        ({"at": ago(days=4)}, {"Backup"}),
        ({"size": None, "messages": None, "tested_at": None, "failure": "no room"}, {"Backup"}),
        ({"failure": "it is damaged"}, {"Restore"}),
        ({"at": ago(days=2), "tested_at": ago(days=32)}, {"Restore"}),
        ({"tested_at": None}, {"Restore"}),
        ({}, set()),
    ],
)
def test_backups_are_judged(all_is_well, how, names):
    Backup.objects.all().delete()
    backed_up(**how)
    assert wrong_ones().keys() - {"Restore"} == names - {"Restore"}
    assert ("Restore" in wrong_ones()) is ("Restore" in names)


def test_what_was_not_made_cannot_have_been_tested():
    with pytest.raises(IntegrityError), transaction.atomic():
        backed_up(size=None)


def test_a_young_installation_need_not_have_a_backup(all_is_well):
    Backup.objects.all().delete()
    udo = get_user_model().objects.create_user("udo")
    assert wrong_ones() == {}
    get_user_model().objects.filter(pk=udo.pk).update(date_joined=ago(days=3))
    assert wrong_ones().keys() == {"Backup"}


def test_a_full_disk_is_told(all_is_well, monkeypatch):
    monkeypatch.setattr("shutil.disk_usage", lambda _: Room(50 * GB, 49 * GB, GB * 9 // 10))
    assert wrong_ones()["Disk"].what.startswith("900 MB of 50 GB left")


@pytest.mark.parametrize(
    ("total", "free", "ok"),
    [(4_000, 11, True), (4_000, 9, False), (100, 6, True), (100, 4, False), (2, 1, True)],
    ids=["large", "large and full", "middle", "middle and full", "small"],
)
def test_a_large_disk_need_not_keep_a_twentieth_of_it_free(all_is_well, monkeypatch, total, free, ok):
    monkeypatch.setattr("shutil.disk_usage", lambda _: Room(total * GB, (total - free) * GB, free * GB))
    assert ("Disk" not in wrong_ones()) is ok


# -- the diagnostic --------------------------------------------------------------------------------------------------


def test_what_the_diagnostic_finds_is_kept_without_secrets(monkeypatch):
    found = {"Redis": lambda place: [wrong("Redis", f"None at {place.redis_url}.", "Start it.")]}
    monkeypatch.setattr(looking, "ASKED", found)
    monkeypatch.setenv("REDIS_URL", "redis://:hunter2@127.0.0.1:1")
    looking.look()
    (kept,), at = looking.last_look(redis_is_away=False)
    assert kept.what == "None at redis://:********@127.0.0.1:1." and kept.ok is False and at


# -- the page --------------------------------------------------------------------------------------------------------


def test_it_tells_figures_and_draws_them(all_is_well, admin):
    writes("a", {this_minute(): {0.01: 100}, this_minute(5): {2.5: 1}})
    page = page_of(admin)
    assert "half within <b>7.5 ms" in page and "101 changes" in page
    assert page.count("<rect") >= 3 and 'class="slow"' in page
    assert "Django 5" in page and "redis://r" in page


def test_without_anything_kept_it_says_what_is_not_there(admin):
    page = page_of(admin)
    assert "need you" in page and "Was not heard yet" in page and "nothing was said to anybody" in page
    assert "Nobody has a page open" in page and "0 processes" not in page


def test_without_javascript_it_loads_anew(admin):
    assert '<noscript><meta http-equiv="refresh" content="30"></noscript>' in page_of(admin)


def test_it_costs_the_same_with_many_processes(admin, all_is_well, django_assert_max_num_queries):
    for n in range(20):
        writes(f"p{n}", {this_minute(m): {0.01: 1} for m in range(50)}, hears=[f"p{m}" for m in range(20)])
    with django_assert_max_num_queries(24):
        page_of(admin)


def test_only_administrators_see_the_page(client):
    assert client.get(PAGE).url.startswith("/accounts/login/")
    client.force_login(get_user_model().objects.create_user("bob", is_staff=True))
    assert client.get(PAGE).status_code == 403
    assert PAGE not in client.get("/accounts/profile/").content.decode()


def test_administrators_find_it_on_their_profile(admin):
    assert PAGE in admin.get("/accounts/profile/").content.decode()
