"""How Python is set in a process that serves sockets."""

import gc
import sys

SWITCH = 0.0005  # seconds the loop waits, at most, for a thread that computes, after each write
YOUNG, MIDDLE, OLD = (
    50_000,
    20,
    50,
)  # rows, frames and sockets are no cycles: looking for them rarely finds anything


def set_for_sockets():
    sys.setswitchinterval(SWITCH)
    gc.freeze()  # what was loaded so far stays
    gc.set_threshold(YOUNG, MIDDLE, OLD)
