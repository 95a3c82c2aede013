"""What was loaded at the start is not looked through again, so that what closed lines leave behind is found soon."""

import gc
import weakref

import pytest

from kanban_board.garbage import look_through_less_and_sooner


@pytest.fixture
def collector():
    before = gc.get_threshold()
    yield
    gc.unfreeze()
    gc.set_threshold(*before)


class Thing:
    pass


def test_only_what_is_new_is_looked_through(collector):
    loaded = [[]]
    look_through_less_and_sooner()
    new = [[]]
    looked_through = {id(one) for one in gc.get_objects()}
    assert id(new) in looked_through and id(loaded) not in looked_through


def test_garbage_does_not_lie_about_for_long(collector):
    """A thing of a closed line, which by then has grown old."""
    look_through_less_and_sooner()
    thing = Thing()
    thing.itself = thing
    gc.collect(1)
    gone = weakref.ref(thing)
    del thing
    kept = []
    while gone() is not None and len(kept) < 70_000:
        kept.append([])
    assert len(kept) < 20_000
