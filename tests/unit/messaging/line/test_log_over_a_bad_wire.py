"""The log's model over a wire that loses, doubles and reorders frames: a client by the rules shows it all."""

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule, run_state_machine_as_test

from ..conftest import now
from .test_log_model import Log, Screen, source

pytestmark = pytest.mark.django_db(transaction=True)


class Client:
    """Drops what it has, takes the next, holds what comes after a gap and asks once (docs/wire.md)."""

    def __init__(self, screen, changed_since):
        self.screen, self.held = screen, {}
        self._changed_since = changed_since  # since -> (frames, revision): what `resume` is answered by

    def hears(self, frame):
        revision = frame["revision"]
        if revision <= self.screen.revision:
            return
        self.held[revision] = frame
        if revision > self.screen.revision + 1:
            self.catches_up(self.screen.revision)
        self.shows_held()

    def catches_up(self, since):
        frames, revision = self._changed_since(since)
        self.screen.hears(frames, steps_of_one=False)
        self.screen.revision = max(self.screen.revision, revision)

    def shows_held(self):
        while frame := self.held.pop(self.screen.revision + 1, None):
            self.screen.hears([frame], steps_of_one=True)
        self.held = {revision: one for revision, one in self.held.items() if revision > self.screen.revision}


class LogOverABadWire(Log):
    def __init__(self):
        super().__init__()
        self.client = Client(Screen(now(self.room)), self.changed_since)
        self.on_the_way = []

    def tell(self, screen, numbered, **how):
        numbered = list(numbered)
        super().tell(screen, numbered, **how)
        if screen is self.live:
            for revision, change in numbered:
                self.on_the_way += source.say(change, revision, "v2", revision - 1)

    def changed_since(self, since):
        changes = source.changes(self.room.pk, since, 1_000)
        said = [frame for change in changes for frame in source.say(change, change.revision, "v2", since)]
        return said, now(self.room).revision

    # -- what becomes of frames ------------------------------------------------------------------------------

    @precondition(lambda self: self.on_the_way)
    @rule(pick=st.integers(0, 99), stays=st.booleans())
    def one_arrives(self, pick, stays):
        """Any of them, and perhaps once more later."""
        place = pick % len(self.on_the_way)
        self.client.hears(self.on_the_way[place] if stays else self.on_the_way.pop(place))

    @precondition(lambda self: self.on_the_way)
    @rule(pick=st.integers(0, 99))
    def one_is_lost(self, pick):
        self.on_the_way.pop(pick % len(self.on_the_way))

    @rule(back=st.integers(0, 5))
    def the_line_breaks_and_comes_back(self, back):
        """From where the client stands, or from before: a page that was kept a while, a cursor that was not saved."""
        self.on_the_way.clear()
        self.client.held.clear()
        self.client.catches_up(max(0, self.client.screen.revision - back))
        self.same(self.client.screen)

    @rule()
    def a_pong_tells_the_revision(self):
        if now(self.room).revision > self.client.screen.revision:
            self.client.catches_up(self.client.screen.revision)
            self.client.shows_held()
        self.same(self.client.screen)

    @rule()
    def all_arrive_in_order(self):
        """What was lost before shows as a gap, if anything comes after it."""
        for frame in sorted(self.on_the_way, key=lambda frame: frame["revision"]):
            self.client.hears(frame)
        self.on_the_way.clear()
        if self.client.screen.revision == now(self.room).revision:
            self.same(self.client.screen)


def test_whatever_the_wire_does_the_client_shows_what_a_fresh_page_shows(ada, bob, eve, hangar):
    class Here(LogOverABadWire):
        room, people, stranger = hangar, (ada, bob), eve

    calm = settings(
        max_examples=8,
        stateful_step_count=30,
        deadline=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.reuse, Phase.generate],  # as beside: shrinking takes minutes
    )
    run_state_machine_as_test(Here, settings=calm)


def test_a_client_that_does_not_ask_shows_less(ada, bob, eve, hangar):
    """The model can fail: without `resume` a lost frame stays lost."""

    class Mute(Client):
        def catches_up(self, since):
            pass

    class Here(LogOverABadWire):
        room, people, stranger = hangar, (ada, bob), eve

        def __init__(self):
            super().__init__()
            self.client = Mute(Screen(now(self.room)), self.changed_since)

    few = settings(
        max_examples=4,
        deadline=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate],
    )
    with pytest.raises(AssertionError):
        run_state_machine_as_test(Here, settings=few)
