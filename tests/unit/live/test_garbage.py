"""What was loaded at the start is not looked through again, and what closed lines leave behind is found in the end."""

import gc
import weakref

import pytest

from live.servers.garbage import MANY, ClosedLines, leave_out_what_is_loaded


@pytest.fixture
def collector():
    before = gc.get_threshold()
    yield
    gc.unfreeze()
    gc.set_threshold(*before)


class Thing:
    pass


class Loop:
    def __init__(self):
        self.later = []

    def call_later(self, seconds, function):
        self.later.append(function)


def test_only_what_is_new_is_looked_through(collector):
    loaded = [[]]
    leave_out_what_is_loaded()
    new = [[]]
    looked_through = {id(one) for one in gc.get_objects()}
    assert id(new) in looked_through and id(loaded) not in looked_through


def test_what_a_line_left_behind_is_found_when_many_have_closed(collector):
    leave_out_what_is_loaded()
    thing = Thing()
    thing.itself = thing
    gc.collect(1)  # it has grown old
    gone = weakref.ref(thing)
    del thing
    loop = Loop()
    lines = ClosedLines(loop)
    for _ in range(MANY - 1):
        lines.one_more()
    assert not loop.later
    for _ in range(3 * MANY):  # many at once
        lines.one_more()
    (look,) = loop.later
    assert gone() is not None
    look()
    assert gone() is None


def test_after_a_look_it_begins_anew():
    loop, looks = Loop(), []
    lines = ClosedLines(loop, collect=lambda: looks.append("look"))
    for _ in range(2):
        for _ in range(MANY):
            lines.one_more()
        loop.later.pop()()
    assert looks == ["look"] * 2
