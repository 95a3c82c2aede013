"""How often Python's collector looks for reference cycles, which stops the process meanwhile.

By default a full collection also goes through all that was loaded at the start, and takes a tenth of a millisecond for
each open line. But neither messages nor lines that close under uvicorn and Daphne leave cycles behind; Django's queries
leave small ones now and then. So what was loaded at the start is frozen, young objects are looked through every few
thousand, and everything once so many lines have closed that what another server leaves behind would be felt.
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
