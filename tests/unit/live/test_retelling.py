"""What is written down and told by whisper alone arrives, however late."""

from itertools import count

import pytest

from live.streams import Source
from live.whispering import retelling
from live.whispering.passing import HOLDING, VISITING
from live.whispering.retelling import AGAIN, MOST, RECENT, Retelling
from live.whispering.typing import TYPING

ADA, BOB = 1, 2
ROOM = "reading:1"


class Task:
    def __init__(self, failure=None):
        self.failure = failure

    def add_done_callback(self, callback):
        callback(self)

    def cancelled(self):
        return False

    def exception(self):
        return self.failure


class Loop:
    """Time that passes when it is told to."""

    def __init__(self):
        self.now, self.timers = 100.0, []

    def time(self):
        return self.now

    def call_later(self, seconds, work):
        self.timers.append((self.now + seconds, work))
        return work

    def passes(self, seconds):
        self.now += seconds
        due = [work for when, work in self.timers if when <= self.now]
        self.timers = [(when, work) for when, work in self.timers if when > self.now]
        for work in due:
            work()


class BusyLoop(Loop):
    """Nothing takes no time."""

    def time(self):
        self.now += 0.000_001
        return self.now


class Hub:
    """A process, whose people hear what is in `told`; the others hear it too unless the line is cut."""

    def __init__(self, loop):
        self.loop, self.hints, self.reading, self.told = loop, self, self, []
        self.others, self.is_cut, self.failure, self.asked = [], False, None, 0
        self.retelling = Retelling(self, self)

    async def run(self, question, *about):
        self.asked += 1
        if self.failure:
            raise self.failure
        return question(*about)

    def do(self, work):
        try:
            work.send(None)
        except StopIteration:
            return Task()
        except OSError as failure:
            return Task(failure)

    def spread_all(self, whispers):
        for key, whisper in whispers:
            for hub in (self, *self._who_can_hear()):
                hub.hears(key, whisper)
            self.retelling.note(key, whisper["user_id"])

    def hears(self, key, whisper):
        if not self.failure:
            self.told.append((whisper["user_id"], whisper["read_seq"]))
        self.retelling.see_that_it_is_said(key, whisper["user_id"], Task(self.failure))

    def send(self, news):
        for hub in self._who_can_hear():
            hub.retelling.doubt(news["missed"])

    def _who_can_hear(self):
        return [hub for hub in self.others if not (hub.is_cut or self.is_cut)]

    def line_is(self, live):
        self.is_cut = not live
        self.retelling.line_is(live)


class Places(Source):
    """How far people have read by now."""

    kind = "reading"

    def __init__(self):
        self.read = {}

    def standing(self, id, user_ids):
        return [{"user_id": one, "read_seq": self.read[one]} for one in user_ids if one in self.read]


@pytest.fixture
def places(monkeypatch):
    places = Places()
    monkeypatch.setattr(retelling, "source_of", lambda key: (places, 1))
    return places


@pytest.fixture(params=[Loop, BusyLoop])
def hubs(places, request):
    loop = request.param()
    here, there = Hub(loop), Hub(loop)
    here.others, there.others = [there], [here]
    for hub in (here, there):
        hub.line_is(True)
    loop.passes(AGAIN)
    return here, there


def reads(places, hub, user_id, seq):
    places.read[user_id] = seq
    hub.spread_all([(ROOM, {"user_id": user_id, "read_seq": seq})])


def test_what_is_told_while_the_line_is_down_arrives_when_it_is_up(hubs, places):
    here, there = hubs
    for hub in hubs:
        hub.line_is(False)
    reads(places, here, ADA, 1), reads(places, here, ADA, 2)
    here.loop.passes(600)
    assert there.told == []
    places.read[ADA] = 3  # by way of another process
    for hub in hubs:
        hub.line_is(True)
    here.loop.passes(AGAIN)
    assert there.told == [(ADA, 3)]


def test_what_was_lost_before_the_line_was_known_to_be_down_arrives_too(hubs, places):
    here, there = hubs
    reads(places, here, BOB, 1)
    here.loop.passes(2 * RECENT)
    here.is_cut = True
    reads(places, here, ADA, 2)
    here.loop.passes(RECENT / 2)
    here.line_is(False), here.line_is(True)
    here.loop.passes(AGAIN)
    assert there.told == [(BOB, 1), (ADA, 2)]


def test_who_was_cut_off_alone_asks_what_they_missed(hubs, places):
    here, there = hubs
    there.line_is(False)
    reads(places, here, ADA, 1)
    here.loop.passes(60)
    there.line_is(True)
    here.loop.passes(AGAIN)
    assert there.told == [(ADA, 1)]


def test_it_is_told_again_until_the_database_answers(hubs, places):
    here, there = hubs
    there.failure = OSError("away")
    reads(places, here, ADA, 1)
    for _ in range(3):
        there.loop.passes(AGAIN)
    assert there.asked == 3 and there.told == []
    there.failure = None
    there.loop.passes(AGAIN)
    assert there.told == [(ADA, 1)]
    there.loop.passes(60)
    assert there.asked == 4 and there.loop.timers == []


def test_what_could_not_leave_though_the_line_was_up_is_told_again(hubs, places):
    here, there = hubs
    here.is_cut = True
    reads(places, here, BOB, 1)
    here.loop.passes(2 * RECENT)
    reads(places, here, ADA, 1)
    here.is_cut = False
    moments = [
        {"whisper": {"kind": kind, "user_id": BOB}, "key": ROOM} for kind in (TYPING, VISITING, HOLDING)
    ]
    here.retelling.unsent([*moments, {"hint": [(ROOM, 1)]}])
    here.loop.passes(AGAIN)
    assert there.told == [] and here.asked == 0
    here.retelling.unsent([*moments, {"whisper": {"kind": "read", "user_id": ADA}, "key": ROOM}])
    here.loop.passes(2 * AGAIN)
    assert there.told == [(ADA, 1)]


def test_of_what_is_written_down_no_more_nothing_is_told(hubs, places):
    here, there = hubs
    here.line_is(False)
    reads(places, here, ADA, 1)
    del places.read[ADA]
    here.line_is(True)
    here.loop.passes(AGAIN)
    assert there.told == [] and here.loop.timers == []


def test_retelling_remembers_so_many_and_no_more(hubs, places):
    here, there = hubs
    here.line_is(False)
    for user_id, _ in zip(count(1), range(MOST + 5), strict=False):
        reads(places, here, user_id, 1)
    here.line_is(True)
    here.loop.passes(AGAIN)
    assert len(there.told) == MOST and (5, 1) not in there.told
