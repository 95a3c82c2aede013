"""A person is here while any socket of theirs is open, in whichever process."""

import heapq
from concurrent.futures import Future
from itertools import count

import pytest

from live.presence.attention import AWAY, PATIENCE
from live.presence.roster import AGAIN, COMING, CROWDED, GOING, LAPSE, MOST_NAMED, REPEAT, Roster

ROOM = "conversation:1"


class Timer:
    def __init__(self, when, work):
        self._when, self.work = when, work

    def when(self):
        return self._when

    def cancel(self):
        self.work = None


class Loop:
    """Time that passes when it is told to."""

    def __init__(self):
        self.now, self._timers, self._order = 0.0, [], count()

    def time(self):
        return self.now

    def call_at(self, when, function, *args):
        timer = Timer(when, lambda: function(*args))
        heapq.heappush(self._timers, (when, next(self._order), timer))
        return timer

    def passes(self, seconds):
        until = self.now + seconds
        while self._timers and self._timers[0][0] <= until:
            self.now, _, timer = heapq.heappop(self._timers)
            if timer.work:
                timer.work()
        self.now = until


class Hub:
    """A process: what it tells its followers is in `told`, and the others hear what it sends.

    With a `failure` it cannot tell them; while that is False, it takes its time.
    """

    failure = None

    def __init__(self, loop):
        self.loop, self.hints, self.whispers = loop, self, self
        self.told, self.others, self.cut_off = [], [], False
        self.roster = Roster(self)

    def send(self, news):
        for other in self.others:
            if not (self.cut_off or other.cut_off):
                other.roster.heard({**news, "from": id(self)})

    def say(self, key, whisper, shy):
        telling = Future()
        if self.failure:
            telling.set_exception(self.failure)
        elif self.failure is None:
            self.told.append((whisper["came"], whisper["gone"]))
            self.said = whisper
            telling.set_result(None)
        self.telling = telling
        return telling


@pytest.fixture
def loop():
    return Loop()


@pytest.fixture
def hubs(loop):
    one, two = Hub(loop), Hub(loop)
    one.others, two.others = [two], [one]
    return one, two


ADA, BOB = 1, 2


def test_closing_one_of_two_tabs_is_not_leaving(hubs, loop):
    hub, _ = hubs
    hub.roster.arrive(ROOM, ADA)
    hub.roster.arrive(ROOM, ADA)
    loop.passes(COMING)
    hub.roster.depart(ROOM, ADA)
    loop.passes(GOING * 2)
    assert hub.told == [([ADA], [])]
    hub.roster.depart(ROOM, ADA)
    loop.passes(GOING * 2)
    assert hub.roster.here(ROOM) == set()


def test_a_reload_is_not_a_departure(hubs, loop):
    hub, _ = hubs
    hub.roster.arrive(ROOM, BOB)
    hub.roster.arrive(ROOM, ADA)
    loop.passes(COMING)
    hub.roster.depart(ROOM, ADA)
    loop.passes(GOING / 2)
    hub.roster.arrive(ROOM, ADA)
    loop.passes(GOING * 2)
    assert hub.told == [([ADA, BOB], [])]


def test_leaving_is_told_after_a_while(hubs, loop):
    hub, _ = hubs
    hub.roster.arrive(ROOM, BOB)
    hub.roster.arrive(ROOM, ADA)
    loop.passes(COMING)
    hub.roster.depart(ROOM, ADA)
    loop.passes(GOING + COMING)
    assert hub.told[-1] == ([], [ADA])


def test_what_could_not_be_told_is_told_when_it_can_be(hubs, loop):
    """The database was away when Ada left."""
    hub, _ = hubs
    hub.roster.arrive(ROOM, BOB)
    hub.roster.arrive(ROOM, ADA)
    loop.passes(COMING * 2)
    hub.roster.depart(ROOM, ADA)
    hub.failure = LookupError("nobody answers")
    loop.passes(GOING + 3 * AGAIN)
    assert hub.told == [([ADA, BOB], [])]
    hub.failure = None
    loop.passes(AGAIN)
    assert hub.told[1:] == [([], [ADA])]


def test_a_difference_is_told_after_the_one_before(hubs, loop):
    """Else one that fails late would have the other told twice, or not at all."""
    hub, _ = hubs
    hub.roster.arrive(ROOM, ADA)
    hub.failure = False
    loop.passes(COMING * 2)
    first = hub.telling
    hub.roster.arrive(ROOM, BOB)
    loop.passes(COMING * 4)
    assert hub.telling is first
    hub.failure = None
    first.set_exception(LookupError("nobody answers"))
    loop.passes(AGAIN)
    assert hub.told == [([ADA, BOB], [])]


def test_each_process_knows_the_people_of_the_other(hubs, loop):
    one, two = hubs
    one.roster.arrive(ROOM, ADA)
    loop.passes(COMING)
    two.roster.arrive(ROOM, BOB)
    loop.passes(COMING * 3)
    assert one.roster.here(ROOM) == two.roster.here(ROOM) == {ADA, BOB}
    two.roster.depart(ROOM, BOB)
    loop.passes(GOING + COMING * 3)
    assert one.told[-1] == ([], [BOB])


def test_a_person_in_two_processes_leaves_with_the_last(hubs, loop):
    one, two = hubs
    for hub in hubs:
        hub.roster.arrive(ROOM, ADA)
    one.roster.arrive(ROOM, BOB)
    loop.passes(COMING * 3)
    two.roster.depart(ROOM, ADA)
    loop.passes(GOING * 2)
    assert one.roster.here(ROOM) == {ADA, BOB}


def test_a_process_that_was_killed_keeps_nobodys_place(hubs, loop):
    one, two = hubs
    one.roster.arrive(ROOM, ADA)
    two.roster.arrive(ROOM, BOB)
    loop.passes(COMING * 3)
    assert one.roster.here(ROOM) == {ADA, BOB}
    two.cut_off = True
    loop.passes(LAPSE + REPEAT)
    one.roster._lapse()
    loop.passes(COMING)
    assert one.told[-1] == ([], [BOB])


def repeat(hubs, loop, seconds):
    for _ in range(int(seconds / REPEAT)):
        loop.passes(REPEAT)
        for hub in hubs:
            hub.roster.repeat()
    loop.passes(COMING * 3)


def test_who_left_while_nobody_was_told_keeps_no_place_at_a_process_that_is_heard(hubs, loop):
    one, two = hubs
    one.roster.arrive(ROOM, ADA)
    two.roster.arrive(ROOM, BOB)
    two.roster.arrive("conversation:2", ADA)
    loop.passes(COMING * 3)
    two.cut_off = True
    two.roster.depart(ROOM, BOB)
    loop.passes(GOING * 2)
    assert one.roster.here(ROOM) == {ADA, BOB} and two.roster.here(ROOM) == {ADA}
    two.cut_off = False
    two.roster.line_is_back()
    repeat(hubs, loop, LAPSE + REPEAT)
    assert one.told[-1] == ([], [BOB]) and one.roster.here(ROOM) == {ADA}
    assert one.roster.processes() == {id(two)}


def test_whoever_is_back_last_tells_the_first_who_is_here(hubs, loop):
    """The first asked when nobody could answer."""
    one, two = hubs
    one.roster.arrive(ROOM, ADA)
    two.roster.arrive(ROOM, BOB)
    loop.passes(COMING * 3)
    one.cut_off = two.cut_off = True
    repeat(hubs, loop, LAPSE + REPEAT)
    assert one.roster.here(ROOM) == {ADA} and two.roster.here(ROOM) == {BOB}
    one.cut_off = False
    one.roster.line_is_back()
    two.cut_off = False
    two.roster.line_is_back()
    assert one.roster.here(ROOM) == two.roster.here(ROOM) == {ADA, BOB}


def test_who_stays_keeps_their_place(hubs, loop):
    one, two = hubs
    one.roster.arrive(ROOM, ADA)
    two.roster.arrive(ROOM, BOB)
    loop.passes(COMING * 3)
    repeat(hubs, loop, LAPSE * 3)
    assert one.roster.here(ROOM) == two.roster.here(ROOM) == {ADA, BOB}


def test_many_arrivals_are_told_together(hubs, loop):
    hub, _ = hubs
    for person in range(200):
        hub.roster.arrive(ROOM, person)
    loop.passes(COMING * 2)
    assert len(hub.told) == 1


def test_in_a_crowd_only_the_number_is_told(hubs, loop):
    hub, _ = hubs
    for person in range(MOST_NAMED + 50):
        hub.roster.arrive(ROOM, person)
    loop.passes(COMING + CROWDED)
    assert hub.told == [([], [])]
    assert hub.roster.introduction(ROOM)["here"] == []
    assert hub.roster.introduction(ROOM)["count"] == MOST_NAMED + 50


# -- away --------------------------------------------------------------------------------------------------------

DESK, PHONE = "desk", "phone"


def away(hub):
    return set(hub.roster.introduction(ROOM)["away"])


@pytest.fixture
def both_here(hubs, loop):
    """Ada's room is at the first process, Bob's at both."""
    one, two = hubs
    one.roster.arrive(ROOM, ADA)
    for hub in hubs:
        hub.roster.arrive(ROOM, BOB)
    loop.passes(COMING * 4)


def test_who_leaves_their_pages_alone_is_away_by_itself(hubs, loop, both_here):
    one, two = hubs
    one.roster.attention.tells(BOB, DESK, 0)
    loop.passes(AWAY - 1)
    assert away(one) == away(two) == set()
    loop.passes(1 + COMING * 3)
    assert away(one) == away(two) == {BOB}
    for hub in hubs:
        assert (hub.said["turned"], hub.said["away"], hub.said["count"]) == (
            [BOB],
            [BOB],
            len(hub.said["here"]) - 1,
        )


def test_who_comes_back_is_shown_at_once_at_whichever_process(hubs, loop, both_here):
    one, two = hubs
    one.roster.attention.tells(BOB, DESK, AWAY)
    loop.passes(COMING * 3)
    assert away(two) == {BOB}
    two.roster.attention.tells(BOB, PHONE, 0)
    loop.passes(COMING + 0.01)
    for hub in hubs:
        assert away(hub) == set()
        assert (hub.said["turned"], hub.said["away"]) == ([BOB], [])


def test_a_page_that_is_used_keeps_one_from_being_away(hubs, loop, both_here):
    one, two = hubs
    one.roster.attention.tells(BOB, DESK, 0)
    two.roster.attention.tells(BOB, PHONE, 0)
    loop.passes(AWAY / 2)
    two.roster.attention.tells(BOB, PHONE, 0)
    loop.passes(AWAY / 2 + COMING * 3)
    assert away(one) == away(two) == set()
    loop.passes(AWAY / 2)
    assert away(one) == away(two) == {BOB}


def test_who_has_told_nothing_is_never_away(hubs, loop, both_here):
    loop.passes(AWAY * 3)
    assert away(hubs[0]) == set()


def test_a_line_that_comes_back_changes_nothing(hubs, loop, both_here):
    one, _ = hubs
    one.roster.attention.tells(BOB, DESK, AWAY * 2)
    loop.passes(COMING * 3)
    told = len(one.told)
    one.roster.attention.closes(BOB, DESK)
    loop.passes(PATIENCE / 2)
    one.roster.attention.tells(BOB, DESK, AWAY * 2 + 1)
    loop.passes(PATIENCE * 2)
    assert away(one) == {BOB} and len(one.told) == told


def test_closing_the_page_one_was_at_is_not_turning_away(hubs, loop, both_here):
    one, two = hubs
    one.roster.attention.tells(BOB, DESK, AWAY)
    two.roster.attention.tells(BOB, PHONE, 0)
    loop.passes(COMING * 3)
    two.roster.attention.closes(BOB, PHONE)
    loop.passes(AWAY - 1)
    assert away(one) == set()
    loop.passes(2)
    assert away(one) == {BOB}


def test_a_process_that_was_killed_makes_nobody_away(hubs, loop, both_here):
    one, two = hubs
    two.roster.attention.tells(ADA, DESK, AWAY)
    loop.passes(COMING * 3)
    assert away(one) == {ADA}
    two.cut_off = True
    loop.passes(LAPSE + REPEAT)
    one.roster._lapse()
    loop.passes(COMING * 3)
    assert away(one) == set() and ADA in one.said["turned"]


def test_a_process_that_starts_asks_who_is_away(hubs, loop, both_here):
    one, two = hubs
    two.cut_off = True
    one.roster.attention.tells(BOB, DESK, AWAY)
    loop.passes(COMING * 3)
    assert away(two) == set()
    two.cut_off = False
    two.roster.line_is_back()
    loop.passes(COMING * 3)
    assert away(two) == {BOB}


def test_going_away_is_not_told_where_one_is_not(hubs, loop, both_here):
    one, _ = hubs
    one.roster.arrive("conversation:2", ADA)
    loop.passes(COMING * 3)
    one.told.clear()
    one.roster.attention.tells(BOB, DESK, AWAY)
    loop.passes(COMING * 3)
    assert one.told == [([], [])] and one.said["turned"] == [BOB]


def test_in_a_crowd_those_who_are_away_are_not_counted(hubs, loop):
    hub, _ = hubs
    for person in range(MOST_NAMED + 50):
        hub.roster.arrive(ROOM, person)
    hub.roster.attention.tells(7, DESK, AWAY)
    loop.passes(COMING + CROWDED)
    assert hub.said["count"] == MOST_NAMED + 49 and hub.said["away"] == []


def test_a_crowd_that_comes_is_not_gathered_anew_for_each(hubs, monkeypatch):
    one, two = hubs
    two.roster.arrive(ROOM, BOB)
    gathered = []
    gather = Roster._gathered
    monkeypatch.setattr(Roster, "_gathered", lambda self, key: gathered.append(key) or gather(self, key))
    for person in range(MOST_NAMED + 50):
        one.roster.arrive(ROOM, 100 + person)
        assert one.roster.introduction(ROOM)["count"] >= person + 1
    assert len(gathered) <= 2
    assert one.roster.here(ROOM) == one.roster._gathered(ROOM)
