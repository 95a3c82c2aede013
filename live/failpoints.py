"""Places where a test may make the process die or wait. Without PRIZMAI_FAILPOINTS they cost one comparison.

PRIZMAI_FAILPOINTS="posting.after_commit=kill;posting.before_commit=sleep:0.5"; "kill@3" means at the third visit.
"""

import os
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


def _act(what, nth, visits):
    if nth and next(visits) != nth:
        return
    if what == "kill":
        os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))
    elif what.startswith("sleep:"):
        time.sleep(float(what.removeprefix("sleep:")))
    elif what == "raise":
        raise RuntimeError("a fail point was asked for here")
