"""All that the page of how it is tells."""

from django.utils.translation import gettext

from ..models import LineProcess
from . import chart, judging
from .delays import last_hour_and_day, sum_of
from .looking import last_look
from .versions import versions


def how_it_is():
    minutes, quarters = last_hour_and_day()
    hour, day = sum_of(minutes), sum_of(quarters)
    lines = list(LineProcess.alive())
    own = list(_judged(lines, hour))
    asked, asked_at = last_look(redis_is_away=any(one.mode != "live" for one in lines))
    return {
        "wrong": [one for one in own + asked if one.ok is False],
        "findings": own,
        "asked": asked,
        "asked_at": asked_at,
        "charts": [
            chart.drawn(gettext("The last hour"), minutes, hour, marks=4),
            chart.drawn(gettext("The last day"), quarters, day, marks=4),
        ],
        "processes": lines,
        "versions": versions(),
    }


def _judged(lines, hour):
    yield judging.the_delays(hour)
    yield judging.the_line(lines)
    if lines:
        yield judging.the_processes(lines)
    for judged in (
        judging.unread_counts,
        judging.errands,
        judging.worker,
        judging.beat,
        judging.jobs,
        judging.letters,
        judging.backups,
        judging.restores,
        judging.disk,
    ):
        yield judged()
