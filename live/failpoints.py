"""Places where a test may make the process die or wait, or switch a mechanism off to show what it is there for.

Without PRIZMAI_FAILPOINTS they cost one comparison. "posting.after_commit=kill;posting.before_commit=sleep:0-0.5" is
two of them; "kill@3" means at the third visit; "hints.publish=off:0.5" switches off every second time, by chance.
"""

import os
import random
import signal
import time
from itertools import count

_plan = {}
for _entry in filter(None, os.environ.get("PRIZMAI_FAILPOINTS", "").split(";")):
    _name, _, _what = _entry.partition("=")
    _what, _, _nth = _what.partition("@")
    _plan[_name.strip()] = (_what.strip(), int(_nth or 0), count(1))


def pass_by(name):
    if _plan and name in _plan:
        _act(*_plan[name])


def is_off(name):
    """Whether a mechanism is to be left out, this time."""
    return bool(_plan) and name in _plan and _is_left_out(_plan[name][0])


def _act(what, nth, visits):
    if nth and next(visits) != nth:
        return
    if what == "kill":
        os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))
    elif what.startswith("sleep:"):
        time.sleep(_seconds(what.removeprefix("sleep:")))
    elif what == "raise":
        raise RuntimeError("a fail point was asked for here")


def _seconds(words):
    """ "0.5", or "0-0.5" for anything between."""
    least, _, most = words.partition("-")
    return random.uniform(float(least), float(most or least))


def _is_left_out(what):
    word, _, chance = what.partition(":")
    return word == "off" and random.random() < float(chance or 1)
