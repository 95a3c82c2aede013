"""The one terminal: every line says whose it is, in that part's colour where colour is wanted."""

import os
import re
import sys
import threading

COLOURS = {"redis": "31", "worker": "33", "beat": "35", "web": "36"}
# What could move the cursor or forge a line of another part: control characters, Unicode's line separators.
UNPRINTABLE = re.compile(r"\x1b\[[0-9;?]*[ -/]*[@-~]|[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]")


class Console:
    def __init__(self, out=None, colour=None):
        self._out = out or sys.stdout
        self._colour = wants_colour(self._out) if colour is None else colour
        self._lock = threading.Lock()
        if self._colour and os.name == "nt":
            os.system("")  # switches on the escape sequences of the Windows console

    def line(self, who, text):
        """One line of one part, stripped of what a terminal would obey."""
        label = f"{who:>8} |"
        if self._colour:
            label = f"\x1b[{COLOURS.get(who.partition(' ')[0], '0')}m{label}\x1b[0m"
        self._print(f"{label} {printable(text)}")

    def say(self, text=""):
        """The launcher's own words, which stand out."""
        self._print(f"\x1b[1m{text}\x1b[0m" if self._colour and text else text)

    def _print(self, text):
        with self._lock:
            try:
                print(text, file=self._out, flush=True)
            except UnicodeEncodeError:
                print(text.encode("ascii", "replace").decode(), file=self._out, flush=True)
            except (OSError, ValueError):  # the terminal is gone: what runs goes on, its log files tell
                pass


def printable(text):
    return UNPRINTABLE.sub("", text)


def wants_colour(out):
    """See https://no-color.org: any non-empty NO_COLOR means no; and no colour into files and pipes."""
    return not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb" and out.isatty()
