"""The supervisor starts steps in order, restarts what dies, and stops all in reverse."""

import threading
import time

from .readiness import wait_until
from .sorry import Sorry

PATIENCE = 90.0  # seconds a step may take to answer: a slow disk, a first import
STEADY = 60.0  # seconds after which a part that ends is taken for healthy again
PAUSES = (0, 1, 2, 4, 8, 16, 30)  # seconds before the first, second ... restart in a row


class Supervisor:
    """`changed()` is called whenever a part was started; `stop` is an Event that ends everything."""

    def __init__(self, console, stop, changed=lambda: None):
        self._console, self._stop, self._changed = console, stop, changed
        self.parts = []
        self._ends = {}  # name: how often in a row it ended
        self._due = {}  # name: when it is to be started again

    def bring_up(self, number, total, step):
        """Start a step and wait for its answer. Raises Sorry when it gives none; returns when told to stop."""
        started = time.monotonic()
        for part in step.parts:
            self.parts.append(part)
            part.start()
        is_over = lambda: self._stop.is_set() or any(not part.is_running for part in step.parts)  # noqa: E731
        answers = wait_until(step.question, PATIENCE, give_up=is_over)
        if self._stop.is_set():
            return
        if not answers:
            raise _sorry(step)
        remark = f" ({step.remark})" if step.remark else ""
        took = time.monotonic() - started
        self._console.say(f"[{number}/{total}] {step.title} ... ready in {took:.1f} s{remark}")
        self._changed()

    def watch(self, tick=0.1):
        """Restart what ends, until told to stop."""
        while not self._stop.wait(tick):
            for part in self.parts:
                if not part.is_running:
                    self._look_after(part)

    def _look_after(self, part):
        now = time.monotonic()
        if part.name not in self._due:
            self._due[part.name] = now + self._pause_for(part, now)
        elif now >= self._due[part.name]:
            del self._due[part.name]
            self._restart(part)

    def _pause_for(self, part, now):
        steady = now - part.started_at > STEADY
        ends = 1 if steady else self._ends.get(part.name, 0) + 1
        self._ends[part.name] = ends
        pause = PAUSES[min(ends, len(PAUSES)) - 1]
        when = f"in {pause} s" if pause else "at once"
        self._console.say(f"{part.name} ended ({_how(part.status)}); it is started again {when}.")
        return pause

    def _restart(self, part):
        part.kill()  # what it may have left of its group
        try:
            part.start()
        except OSError as error:
            self._console.say(f"{part.name} could not be started: {error.strerror or error}.")
            return
        self._changed()
        threading.Thread(target=self._tell_when_back, args=[part, part.pid], daemon=True).start()

    def _tell_when_back(self, part, pid):
        started = time.monotonic()
        is_over = lambda: self._stop.is_set() or part.pid != pid or not part.is_running  # noqa: E731
        if wait_until(part.ready, PATIENCE, give_up=is_over, pause=0.2) and not is_over():
            self._console.say(f"{part.name} answers again, after {time.monotonic() - started:.1f} s.")

    def take_down(self, hurry):
        """Stop all in reverse order; once `hurry` is set, without waiting for anybody."""
        for part in reversed(self.parts):
            if part.is_running and not hurry.is_set():
                self._console.say(f"Stopping {part.name} ...")
                part.end(hurry)
            part.kill()
            part.close()


def _how(status):
    return f"killed by signal {-status}" if status < 0 else f"exit status {status}"


def _sorry(step):
    ended = [part for part in step.parts if not part.is_running]
    if ended:
        log = ended[0].name.replace(" ", "-")
        what = f"{step.title} ended while starting ({_how(ended[0].status)})."
        return Sorry(what, f"Its last words are above, and in the data folder in logs/{log}.log.")
    return Sorry(
        f"{step.title} did not answer within {PATIENCE:.0f} s.", "Its log is in the data folder, in logs/."
    )
