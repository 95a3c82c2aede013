"""Garbage is what nobody uses any more and what still refers to itself; Python's collector looks for it now and then.

Left as it is, it looks through all that was loaded at the start, whenever much was made; but messages leave no circles
behind, however many are said. A line that was closed does. So what was loaded is never looked through, what is made
rarely, and all that lives after a number of lines have closed.
"""

import gc

from .failpoints import is_off

YOUNG, MIDDLE, OLD = 50_000, 20, 50  # new objects, and rounds of the one before, until each is looked through
FEW, SHARE = 200, 1 / 4  # lines that have closed, and those of the open ones, after which all is


def leave_out_what_is_loaded():
    """Once, when everything is."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG, MIDDLE, OLD)


class ClosedLines:
    def __init__(self, collect=gc.collect):
        self._collect, self._count = collect, 0

    def one_more(self, still_open):
        """A look takes as long as many are open, so it comes the more rarely."""
        self._count += 1
        if self._count >= max(FEW, SHARE * still_open) and not is_off("garbage.closed_lines"):
            self._count = 0
            self._collect()
