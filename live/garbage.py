"""Garbage is what nobody uses any more and what still refers to itself; Python's collector looks for it now and then.

Left as it is, it looks through all that was loaded at the start, whenever much was made, and holds up everybody
meanwhile: a tenth of a millisecond for each open line. But messages leave no circles behind, however many are said,
nor do lines that close under uvicorn and Daphne; Django's queries leave small ones, now and then. So what was loaded
is never looked through, what is new is whenever some thousand things are, and everything once so many lines have closed
that what another server leaves behind would be felt.
"""

import gc

YOUNG, MIDDLE, OLD = 5_000, 20, 50  # new objects, and rounds of the one before, until each is looked through
MANY = 5_000  # lines that have closed, after which all is
LATER = 60.0  # seconds, for when many close at once they come back first


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
        if self._count == MANY:
            self._loop.call_later(LATER, self._look)

    def _look(self):
        self._count = 0
        self._collect()
