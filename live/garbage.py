"""Garbage is what nobody uses any more and what still refers to itself; Python's collector looks for it now and then.

Left as it is, it looks through all that was loaded at the start, whenever much was made; but messages leave no circles
behind, however many are said. A line that was closed does. So what was loaded is never looked through, what is made
rarely, and all that lives after a number of lines have closed.
"""

import gc

from .failpoints import is_off

YOUNG, MIDDLE, OLD = 50_000, 20, 50  # new objects, and rounds of the one before, until each is looked through
FEW = 200  # lines that have closed, after which all is
LATER = 2.0  # seconds, for many may close at once, and then there is something better to do


def leave_out_what_is_loaded():
    """Once, when everything is."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG, MIDDLE, OLD)


class ClosedLines:
    def __init__(self, loop, collect=gc.collect):
        self._loop, self._collect, self._count = loop, collect, 0

    def one_more(self):
        self._count += 1
        if self._count == FEW and not is_off("garbage.closed_lines"):
            self._loop.call_later(LATER, self._look)

    def _look(self):
        self._count = 0
        self._collect()
