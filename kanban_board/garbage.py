"""Garbage is what nobody uses any more and what still refers to itself; Python's collector looks for it now and then.

Left as it is, it looks through all that was loaded at the start, and so only after 70,000 new objects: an hour's closed
lines of Daphne lie about until then. What was loaded stays, and need not be looked through: without it a search costs
little, and comes sooner.
"""

import gc

YOUNG, MIDDLE, OLD = 700, 10, 1  # new objects, and rounds of the one before, until each is looked through


def look_through_less_and_sooner():
    """Once, when everything is loaded."""
    gc.collect()
    gc.freeze()
    gc.collect()  # counts what is left: it is searched again when that has grown by a quarter
    gc.set_threshold(YOUNG, MIDDLE, OLD)
