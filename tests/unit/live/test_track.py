"""A track brings each follower every revision once and in order, from wherever the follower stands."""

import json
from types import SimpleNamespace

import pytest

from live.sockets.packet import Packet
from live.streams import Change, Head, Source
from live.tracks.audience import CHUNK
from live.tracks.track import Track
from live.writers.outlet import Outlet

WHISPER = Packet([{"revision": 99}])


class Loop:
    """Turns of an event loop, taken by hand."""

    def __init__(self):
        self.soon, self.later, self.now = [], [], 0.0

    def time(self):
        return self.now

    def call_later(self, seconds, function, *args):
        self.later.append((seconds, function, args))

    def call_soon(self, function, *args):
        self.soon.append((function, args))

    def turn(self):
        soon, self.soon = self.soon, []
        for function, args in soon:
            function(*args)


class Reader:
    noticed = None

    def __init__(self, dialect="v2", user_id=1):
        self.dialect, self.user_id = dialect, user_id
        self.position, self.buffer, self.heard, self.writes = None, [], [], 0
        self.outlet = Outlet(self.write)

    def write(self, packet):
        self.writes += 1
        self.heard += [json.loads(text)["revision"] for text in packet.texts]

    write_if_idle = write


class Numbers(Source):
    def say(self, change, revision, dialect, since):
        return [{"revision": revision}]


def track_at(revision):
    track = Track("numbers:1", Numbers(), 1, Loop())
    track.delivered = revision
    return track


def caught_up(track, reader, position):
    track.take_in(reader)
    reader.position = position
    track.settle(reader)


def large_audience(size):
    track, readers = track_at(0), [Reader() for _ in range(size)]
    for reader in readers:
        caught_up(track, reader, 0)
    return track, readers


def deliver(track, *revisions):
    for revision in revisions:
        track.deliver(revision, Change(revision, revision, None))


def test_changes_of_one_turn_leave_in_one_write():
    track, ada = track_at(3), Reader()
    caught_up(track, ada, 3)
    deliver(track, 4, 5, 6)
    assert ada.writes == 0
    track._loop.turn()
    assert (ada.heard, ada.writes) == ([4, 5, 6], 1)


def test_what_comes_while_the_past_is_read_waits_and_is_not_doubled():
    track, ada = track_at(3), Reader()
    track.take_in(ada)
    deliver(track, 4, 5)
    ada.position = 4  # the past she was sent already held 4
    track.settle(ada)
    deliver(track, 6)
    track._loop.turn()
    assert ada.heard == [5, 6]


def test_who_is_ahead_of_the_track_waits_for_it():
    track, ada = track_at(3), Reader()
    caught_up(track, ada, 5)
    deliver(track, 4, 5)
    assert ada.heard == []
    deliver(track, 6)
    track._loop.turn()
    assert ada.heard == [6]


def cut_off_when_told(track, reader):
    """As a socket that lags too far behind: it is closed by what it is told, and leaves the track."""
    reader.write = reader.write_if_idle = lambda packet: track.drop(reader)


def test_who_is_cut_off_while_catching_up_does_not_come_back():
    track, ada = track_at(3), Reader()
    track.take_in(ada)
    deliver(track, 4)
    ada.position = 3
    cut_off_when_told(track, ada)
    track.settle(ada)
    assert track.is_deserted()


def test_who_is_ahead_when_the_log_becomes_another_goes_on_with_that():
    track, ada, resets = track_at(3), Reader(), []
    ada.socket = SimpleNamespace(reset=lambda key, head: resets.append(head.revision))
    caught_up(track, ada, 5)
    deliver(track, 4)
    track.reset(Head(2, "after a restore", 1))
    assert ada in track.audiences["v2"].followers
    deliver(track, 3)
    track._loop.turn()
    assert (resets, ada.heard) == ([2], [3])


def test_nothing_of_the_log_that_was_is_told_as_the_other_one():
    track, ada, bob = track_at(3), Reader(), Reader()
    for reader in (ada, bob):
        reader.socket = SimpleNamespace(reset=lambda key, head, heard=reader.heard: heard.append("reset"))
    caught_up(track, ada, 3)
    track.take_in(bob)
    deliver(track, 4)
    track.held[3] = Change(3, 3, None)
    track.reset(Head(2, "after a restore", 1))
    track.deliver_held()
    deliver(track, 3)
    bob.position = 2
    track.settle(bob)
    track._loop.turn()
    assert (ada.heard, bob.heard) == ([4, "reset", 3], ["reset", 3])
    assert track.said_to(ada) == 3


def test_what_is_still_being_written_counts_for_nothing_in_the_other_log():
    track, readers = large_audience(CHUNK + 1)
    for reader in readers:
        reader.socket = SimpleNamespace(reset=lambda key, head: None)
    deliver(track, 1, 2, 3)
    track._loop.turn()
    track.reset(Head(1, "after a restore", 1))
    while track._loop.soon:
        track._loop.turn()
    assert readers[-1].heard == [1, 2, 3] and track.said_to(readers[-1]) == 1


def test_each_is_told_in_ones_own_dialect_what_came_while_the_past_was_read():
    track, ada, bob = track_at(3), Reader("v2"), Reader("plain")
    track.source.say = lambda change, revision, dialect, since: [{"revision": (dialect, since)}]
    for reader in (ada, bob):
        track.take_in(reader)
    deliver(track, 4)
    for reader in (ada, bob):
        reader.position = 3
        track.settle(reader)
    assert (ada.heard, bob.heard) == ([["v2", 3]], [["plain", 3]])


def test_a_newcomer_is_not_sent_what_waits_for_the_others():
    track, ada, bob = track_at(3), Reader(), Reader()
    caught_up(track, ada, 3)
    assert track.said_to(ada) == 3
    deliver(track, 4)
    caught_up(track, bob, 4)
    track._loop.turn()
    assert (ada.heard, bob.heard) == ([4], [])


def test_a_large_audience_is_written_to_in_chunks_without_losing_order():
    track, readers = large_audience(CHUNK + 1)
    deliver(track, 1)
    track._loop.turn()
    assert readers[0].heard == [1]
    assert readers[-1].heard == []
    deliver(track, 2)
    for _ in range(4):
        track._loop.turn()
    assert {tuple(reader.heard) for reader in readers} == {(1, 2)}


def test_what_one_is_told_aside_waits_for_the_round_before():
    track, readers = large_audience(2 * CHUNK + 1)
    deliver(track, 1)
    track._loop.turn()
    track.await_change(readers[-1], "hers", committed)
    track.deliver(2, Change(2, 2, None, name="hers"))
    assert track.said_to(readers[-1]) == 0
    while track._loop.soon:
        track._loop.turn()
    assert readers[-1].heard == [1, 2, -2] and track.said_to(readers[-1]) == 2
    assert {tuple(reader.heard) for reader in readers[:-1]} == {(1, 2)}


def test_what_is_flushed_while_a_round_is_under_way_comes_after_it():
    track, readers = large_audience(2 * CHUNK + 1)
    deliver(track, 1)
    track._loop.turn()
    for reader in readers[: CHUNK + 1]:
        track.drop(reader)
    deliver(track, 2)
    caught_up(track, Reader(), 2)
    assert track.said_to(readers[-1]) == 0
    while track._loop.soon:
        track._loop.turn()
    assert readers[-1].heard == [1, 2] and not track.is_speaking(answers=0)


def test_who_is_told_the_past_anew_hears_first_what_is_being_written():
    track, readers = large_audience(2 * CHUNK + 1)
    deliver(track, 1)
    track._loop.turn()
    deliver(track, 2)
    track.turn_back(readers[-1])
    assert readers[-1].heard == [1, 2] and readers[-2].heard == []
    while track._loop.soon:
        track._loop.turn()
    assert readers[-1].heard == [1, 2] == readers[-2].heard


def test_whatever_else_they_were_to_be_told_is_told_once():
    track, readers = large_audience(CHUNK + 1)
    deliver(track, 1)
    track._loop.turn()
    track.await_change(readers[-1], "hers", committed)
    track.deliver(2, Change(2, 2, None, name="hers"))
    track.turn_back(readers[0])
    track.turn_back(readers[-1])
    assert readers[0].heard == [1, 2] and readers[-1].heard == [1, 2, -2]
    while track._loop.soon:
        track._loop.turn()
    assert readers[0].heard == [1, 2] and readers[-1].heard == [1, 2, -2]


def test_a_socket_that_fails_ends_no_broadcast():
    track, readers = large_audience(CHUNK + 1)
    readers[0].outlet.otherwise = None  # whoever calls it fails
    deliver(track, 1)
    with pytest.raises(TypeError):
        track._loop.turn()
    readers[0].outlet.end()
    deliver(track, 2)
    while track._loop.soon:
        track._loop.turn()
    assert readers[-1].heard == [1, 2] and readers[1].heard == [2] and not track.is_speaking(answers=0)


def test_who_has_left_hears_nothing_more():
    track, ada, noticed = track_at(0), Reader(), []
    ada.noticed = lambda key, change, revision: noticed.append(revision)
    caught_up(track, ada, 0)
    deliver(track, 1)
    track._loop.turn()
    track.drop(ada)
    deliver(track, 2)
    track._loop.turn()
    assert ada.heard == noticed == [1]
    assert track.is_deserted()


def test_a_whisper_is_not_heard_by_the_one_who_is_shy_of_it():
    track, ada, bob = track_at(0), Reader(user_id=1), Reader(user_id=2)
    caught_up(track, ada, 0)
    caught_up(track, bob, 0)
    track.whisper({"v2": WHISPER}.get, shy=1)
    assert (ada.heard, bob.heard) == ([], [99])


def test_a_whisper_goes_on_when_somebody_is_cut_off_by_it():
    track, ada, bob = track_at(0), Reader(), Reader()
    caught_up(track, ada, 0)
    caught_up(track, bob, 0)
    cut_off_when_told(track, ada)
    track.whisper({"v2": WHISPER}.get)
    assert bob.heard == [99]


def test_a_large_audience_is_given_a_pause_after_it_has_told_everybody():
    silences = []
    track = Track("numbers:1", Numbers(), 1, Loop(), lambda: silences.append(track.delivered))
    track.delivered = 0
    readers = [Reader() for _ in range(CHUNK + 1)]
    for reader in readers:
        caught_up(track, reader, 0)
    deliver(track, 1)
    assert track.is_speaking(answers=0)
    track._loop.turn()
    track._loop.now = 0.1  # the first chunk took this long
    assert track.is_speaking(answers=0) and not readers[-1].heard
    track._loop.turn()
    assert readers[-1].heard == [1] and track.is_speaking(answers=0) and not track.is_speaking(answers=1)
    ((seconds, fall_silent, _),) = track._loop.later
    fall_silent()
    assert 0 < seconds < 0.1 and silences == [1, 1] and not track.is_speaking(answers=0)


def test_a_small_audience_is_silent_as_soon_as_it_has_spoken():
    track = track_at(0)
    caught_up(track, Reader(), 0)
    deliver(track, 1)
    assert track.is_speaking(answers=0)
    track._loop.turn()
    assert not track.is_speaking(answers=0)


def committed(change):
    return {"revision": -change.revision}  # by which a Reader tells it from what all hear


def told(track, revision, name):
    track.deliver(revision, Change(revision, revision, None, name=name))
    track._loop.turn()


def test_who_awaits_a_change_is_told_in_the_same_write():
    track, ada, bob = track_at(0), Reader(user_id=1), Reader(user_id=2)
    caught_up(track, ada, 0)
    caught_up(track, bob, 0)
    awaited = track.await_change(ada, "hers", committed)
    told(track, 1, "his")
    told(track, 2, "hers")
    assert ada.heard == [1, 2, -2] and ada.writes == 2
    assert bob.heard == [1, 2]
    assert awaited.ends() and not track.awaited


def test_of_two_who_await_the_same_the_first_is_told_and_both_learn_whether_they_were():
    track, ada = track_at(0), Reader()
    caught_up(track, ada, 0)
    first, second = (track.await_change(ada, "hers", committed) for _ in range(2))
    told(track, 1, "hers")
    assert ada.heard == [1, -1]
    assert first.ends() and not second.ends()


def test_who_is_not_level_yet_is_told_otherwise():
    track, ada, bob = track_at(0), Reader(), Reader()
    caught_up(track, bob, 0)
    track.take_in(ada)
    awaited = track.await_change(ada, "hers", committed)
    told(track, 1, "hers")
    ada.position = 0
    track.settle(ada)
    assert ada.heard == [1] and not awaited.ends() and not track.awaited


def test_what_was_read_anew_is_told_to_all_alone():
    """A change that nobody handed over has no name, and one that came of a later change is no birth."""
    track, ada = track_at(0), Reader()
    caught_up(track, ada, 0)
    awaited = track.await_change(ada, "hers", committed)
    deliver(track, 1)
    track.deliver(2, Change(2, 1, None, name="hers"))
    track._loop.turn()
    assert ada.heard == [1, 2] and not awaited.ends()


# -- what is kept, in no revision ------------------------------------------------------------------------------------


def test_what_is_kept_is_told_after_the_past_and_between_what_follows_it():
    track, ada, bob = track_at(3), Reader(), Reader()
    caught_up(track, ada, 3)
    track.take_in(bob)
    track.pass_on({"v2": WHISPER}.get)
    assert (ada.heard, bob.heard) == ([99], [])
    deliver(track, 4)
    bob.position = 3
    track.settle(bob)
    assert bob.heard == [99, 4] and bob in track.audiences["v2"].followers
    track.turn_back(bob)
    bob.position = 4
    track.settle(bob)
    assert bob.heard == [99, 4] and track.said_to(bob) == 4


def test_what_is_kept_is_told_however_much_waits():
    track, ada = track_at(3), Reader()
    caught_up(track, ada, 3)
    ada.write_if_idle = lambda packet: None
    track.whisper({"v2": WHISPER}.get)
    assert ada.heard == []
    track.pass_on({"v2": WHISPER}.get)
    assert ada.heard == [99]
