"""Do the Celery worker and beat live?"""

from operations.start.readiness import asking_workers

from .finding import unasked, well, wrong
from .redis import unreachable

WORKER, BEAT = "Celery worker", "Celery beat"


def check_worker(place):
    if excuse := unreachable(place, WORKER):
        yield excuse
        return
    place.need_django()
    asking = asking_workers(place.redis_url, seconds=3)
    found = [
        next(iter(answer)) for answer in asking.control.ping(timeout=1.5) or asking.control.ping(timeout=3)
    ]
    if found:
        yield well(WORKER, f"Answers ({', '.join(found)}).")
    else:
        yield wrong(
            WORKER,
            "None answers: no mail leaves, and the sweep for what was missed does not run.",
            "Start it: celery -A kanban_board worker --pool=solo -l info. Its log is logs/worker.log. "
            "If it runs, give it the SECRET_KEY (and INSTALLATION) that this terminal has.",
        )


def clocks_differ(name, heard):
    return wrong(
        name,
        f"Was last heard {-heard.age.total_seconds():.0f} s from now, on {heard.host or 'another machine'}: "
        "clocks differ, or this one was set back.",
        "Set the clocks of all machines by NTP: a worker whose clock is ahead drops jobs as too old. "
        "If it stays so for longer than a minute, start worker and beat anew.",
    )


def too_many_beats(name):
    """A Finding when more than one is at work; else None."""
    from operations import beats

    if found := beats.running():
        return wrong(
            name,
            f"{len(found)} run ({', '.join(found)}): whatever is due is asked for as often.",
            "Stop all but one, and see that nothing starts them again; half a minute later this is seen.",
        )
    return None


def check_beat(place):
    place.need_django()
    from .database import trouble

    if because := trouble():
        yield unasked(BEAT, because)
        return
    from django.db import connection

    from operations.models import Heartbeat

    beat, too_many = Heartbeat.objects.filter(name="beat").first(), too_many_beats(BEAT)
    connection.close()
    if too_many:
        yield too_many
        return
    if beat and beat.is_ahead:
        yield clocks_differ(BEAT, beat)
        return
    if beat and beat.is_alive:
        yield well(BEAT, f"Was heard {max(0, beat.age.total_seconds()):.0f} s ago.")
        return
    heard = f"was last heard {beat.at:%Y-%m-%d %H:%M:%S} UTC" if beat else "was never heard"
    yield wrong(
        BEAT,
        f"It {heard}; a beat comes every 30 s, by Redis and the worker to the database.",
        "If the worker answers, start beat: celery -A kanban_board beat -l info. Its log is logs/beat.log.",
    )
