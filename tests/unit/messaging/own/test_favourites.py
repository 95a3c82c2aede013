"""Favourites in one's own order, what a sidebar lists, reading everything at once, and what the palette finds."""

import pytest
from django.core.exceptions import PermissionDenied

from messaging.actions import favour, mark_all_read, remove_member, unfavour
from messaging.actions.own import favouring, reading_all
from messaging.line.personal import personal_changes
from messaging.models import Inbox, Membership, Notification
from messaging.queries.places import all_of_mine, mine, places_of, places_to_show

from ..conftest import say


def favourites(who):
    kept = [place for place in places_of(who) if place["favourite"]]
    return [place["name"] for place in sorted(kept, key=lambda place: place["favourite"])]


def told_since(who, since):
    return [frame for change in personal_changes(who.pk, since, 100) for frame in change.noun]


def revision_of(who):
    return Inbox.objects.get(pk=who.pk).revision


def test_favourites_stand_in_the_order_one_gives_them(ada, hangar, cockpit, direct):
    for one in (hangar, cockpit):
        favour(by=ada, conversation_id=one.pk)
    favour(by=ada, conversation_id=direct.pk, before=cockpit.pk)
    assert favourites(ada) == ["General", "Bob", "Cockpit"]
    favour(by=ada, conversation_id=cockpit.pk, before=hangar.pk)
    assert favourites(ada) == ["Cockpit", "General", "Bob"]
    unfavour(by=ada, conversation_id=hangar.pk)
    assert favourites(ada) == ["Cockpit", "Bob"]


def test_a_favourite_is_told_to_all_my_screens_and_is_nobody_elses(ada, bob, hangar):
    before = revision_of(ada)
    favour(by=ada, conversation_id=hangar.pk)
    (told,) = told_since(ada, before)
    assert (told["type"], told["conversation_id"]) == ("conversation_state", hangar.pk)
    assert told["favourite"]
    assert favourites(bob) == []


def test_a_task_nobody_has_looked_at_can_be_a_favourite(ada, engine):
    Membership.objects.filter(conversation=engine, user=ada).delete()
    favour(by=ada, conversation_id=engine.pk)
    assert favourites(ada) == ["Engine"]


def test_what_is_not_mine_cannot(eve, gus, cockpit, hangar, engine):
    for who, where in ((eve, hangar), (gus, engine)):
        with pytest.raises(PermissionDenied):
            favour(by=who, conversation_id=where.pk)


def test_there_is_always_room_between_two(ada, hangar, cockpit, direct, monkeypatch):
    monkeypatch.setattr(favouring, "TOO_LONG", 20)
    favour(by=ada, conversation_id=hangar.pk), favour(by=ada, conversation_id=cockpit.pk)
    for number in range(60):
        last = (direct, cockpit)[number % 2]
        favour(by=ada, conversation_id=last.pk, before=(cockpit, direct)[number % 2].pk)
    assert favourites(ada) == ["General", "Cockpit", "Bob"]
    assert max(len(place["favourite"]) for place in places_of(ada)) <= 20


def test_everything_is_read_at_once_and_told(ada, bob, hangar, engine, direct, cockpit):
    for where in (hangar, engine, direct):
        say(bob, where, "@ada look")
    Membership.objects.filter(conversation=engine, user=ada).delete()
    before = revision_of(ada)
    assert mark_all_read(by=ada) == 3
    assert [place["unread"] + place["mentions"] for place in places_of(ada)] == [0, 0, 0, 0]
    assert not Notification.objects.filter(user=ada, read_at=None).exists()
    told = told_since(ada, before)
    states = {
        frame["conversation_id"]: frame["unread"] for frame in told if frame["type"] == "conversation_state"
    }
    assert states == {hangar.pk: 0, engine.pk: 0, direct.pk: 0}
    assert mark_all_read(by=ada) == 0


def test_what_comes_while_everything_is_read_stays_unread(ada, bob, hangar, direct, monkeypatch):
    say(bob, hangar, "@ada one"), say(bob, direct, "one")

    def listed(who):
        places = places_of(who)
        say(bob, hangar, "@ada two"), say(bob, direct, "two")
        return places

    monkeypatch.setattr(reading_all, "places_of", listed)
    mark_all_read(by=ada)
    unread = Notification.objects.filter(user=ada, read_at=None).order_by("pk")
    assert set(unread.values_list("kind", "message__body")) == {("mention", "@ada two"), ("direct", "two")}


def test_who_is_put_out_while_reading_everything_stays_outside(ada, gus, cockpit, monkeypatch):
    say(ada, cockpit, "Secret")

    def listed(who):
        places = places_of(who)
        remove_member(by=ada, conversation_id=cockpit.pk, user_id=gus.pk)
        return places

    monkeypatch.setattr(reading_all, "places_of", listed)
    mark_all_read(by=gus)
    assert not cockpit.memberships.filter(user=gus).exists()


def test_who_leaves_twice_has_left(ada, gus, cockpit):
    remove_member(by=ada, conversation_id=cockpit.pk, user_id=gus.pk)
    Membership.objects.create(conversation=cockpit, user=gus)
    remove_member(by=ada, conversation_id=cockpit.pk, user_id=gus.pk)
    assert gus.departures.get(conversation=cockpit).inbox_revision == revision_of(gus)


def test_reading_everything_is_my_own_affair(ada, bob, hangar):
    say(ada, hangar, "Hello"), say(bob, hangar, "Hello")
    mark_all_read(by=ada)
    assert [place["unread"] for place in places_of(bob, [hangar.pk])] == [1]


def test_the_palette_finds_what_one_may_see(client, ada, bob, gus, eve, engine, cockpit):
    client.force_login(bob)
    found = client.get("/messaging/find/", {"q": "engi"}).json()
    assert [(task["name"], task["place"]) for task in found["tasks"]] == [("Engine", "Hangar, To do")]
    assert client.get("/messaging/find/", {"q": "ad"}).json()["people"][0]["username"] == "ada"
    assert client.get("/messaging/find/", {"q": "cock"}).json()["rooms"] == []
    assert client.get("/messaging/find/").json() == {"people": [], "tasks": [], "rooms": []}
    client.force_login(eve)
    for words in ("engi", "ad", "cock", "general"):
        assert client.get("/messaging/find/", {"q": words}).json() == {"people": [], "tasks": [], "rooms": []}


def test_the_palette_finds_open_rooms_one_has_left(client, bob, hangar):
    Membership.objects.filter(user=bob, conversation=hangar).delete()
    client.force_login(bob)
    assert [room["name"] for room in client.get("/messaging/find/", {"q": "gen"}).json()["rooms"]] == [
        "General"
    ]


def test_stars_work_as_forms(client, ada, hangar):
    client.force_login(ada)
    path = f"/messaging/conversation/{hangar.pk}/favourite/"
    assert client.post(path, {"on": "1", "next": hangar.url}).headers["Location"] == hangar.url
    assert favourites(ada) == ["General"]
    client.post(path, {"on": "0"})
    assert favourites(ada) == []


def test_a_sidebar_passes_over_tasks_in_which_nothing_is_new(ada, bob, hangar, engine, direct):
    def shown():
        return {place["name"] for place in places_to_show(bob, {})}

    say(bob, engine, "mine is not new to me")
    assert shown() == {"General", "Ada"} and "Engine" in {place["name"] for place in places_of(bob)}
    say(ada, engine, "but this is")
    assert shown() == {"General", "Ada", "Engine"}
    mark_all_read(by=bob)
    favour(by=bob, conversation_id=engine.pk)
    assert "Engine" in shown()


def test_a_list_of_places_is_found_by_ones_own_rows(ada, bob, gus, eve, rex, hangar, cockpit, engine, direct):
    for who in (ada, bob, gus, eve, rex):
        everywhere = mine(who).order_by("pk").values_list("pk", flat=True)
        assert list(all_of_mine(who).order_by("pk").values_list("pk", flat=True)) == list(everywhere)
    assert all_of_mine(bob).count() > 2
