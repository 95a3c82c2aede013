"""How long changes took from commit to the sockets of people, of all processes together, from what each has counted."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from math import isinf

from django.utils import timezone

from live.metrics import BOUNDS

from ..models import Minute

MINUTE, QUARTER = timedelta(minutes=1), timedelta(minutes=15)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@dataclass
class Stretch:
    """A stretch of time: `counts` is {at most so many seconds, and more than the bound before: changes}."""

    at: datetime
    counts: Counter = field(default_factory=Counter)

    @property
    def total(self):
        return self.counts.total()

    def within(self, share):
        """Seconds within which this share of the changes came, spread evenly between two bounds; None of no changes."""
        wanted, so_far = share * self.total, 0
        for bound, count in sorted(self.counts.items()):
            if so_far + count >= wanted:
                below = max((one for one in BOUNDS if one < bound), default=0.0)
                return below if isinf(bound) else below + (bound - below) * (wanted - so_far) / count
            so_far += count
        return None

    @property
    def half(self):
        return self.within(0.5)

    @property
    def most(self):
        return self.within(0.99)


def last_hour_and_day(now=None):
    """(60 stretches of a minute, 96 of a quarter of an hour), the present one last."""
    now = now or timezone.now()
    minutes, quarters = _empty(now, HOUR, MINUTE), _empty(now, DAY, QUARTER)
    for at, counts in Minute.objects.filter(at__gte=quarters[0].at).values_list("at", "counts"):
        found = {float(bound): count for bound, count in counts.items()}
        _add(minutes, MINUTE, at, found)
        _add(quarters, QUARTER, at, found)
    return minutes, quarters


def sum_of(stretches):
    whole = Stretch(stretches[0].at)
    for stretch in stretches:
        whole.counts.update(stretch.counts)
    return whole


def _empty(now, span, step):
    last = datetime.fromtimestamp(now.timestamp() // step.total_seconds() * step.total_seconds(), now.tzinfo)
    return [Stretch(last - n * step) for n in reversed(range(span // step))]


def _add(stretches, step, at, found):
    place = (at - stretches[0].at) // step
    if 0 <= place < len(stretches):
        stretches[place].counts.update(found)
