"""Beat's scheduler, which a clock that is set back does not silence."""

from datetime import timedelta

from celery.beat import PersistentScheduler

NOTICED = timedelta(seconds=1)  # of a clock that went back: less than that delays no job worth the name


class Scheduler(PersistentScheduler):
    """What was last asked for at a time that has yet to come is due now, for until then nothing would be.

    The jobs are sweeps, so one too many does no harm.
    """

    def tick(self, *how, **else_how):
        for entry in list(self.schedule.values()):
            now = entry.default_now()
            if entry.last_run_at > now + NOTICED:
                entry.last_run_at = now - timedelta(days=2)  # longer than any of them waits
                self._heap = None  # it is filled anew
        return super().tick(*how, **else_how)
