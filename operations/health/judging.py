"""What is judged good or bad of how it is, and what to do about it: as findings, like those of the diagnostic."""

from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from accounts.models import User
from messaging.models import Errand

from ..doctor import processes
from ..doctor.disk import room_at, size
from ..doctor.finding import Finding, well, wrong
from ..doctor.jobs import clocks_differ, too_many_beats
from ..models import Backup, Check, Heartbeat
from . import chart
from .words import ago, counted, delay, lasting, moment

LATE = timedelta(minutes=5)  # an errand that is due for longer
UNREAD_FOR = timedelta(hours=25)  # in which all counts are gone through
BACKED_UP_FOR, TESTED_FOR = timedelta(days=3), timedelta(days=31)
TRIED_FOR = timedelta(days=1)  # in which a letter that did not leave is tried again
YOUNG = timedelta(days=2)  # an installation that need not have a backup yet


def unknown(name, what):
    return Finding(name, None, what)


def the_line(lines):
    name, degraded = "The live line", [one for one in lines if one.mode != "live"]
    if not lines:
        return well(name, "Nobody has a page open, or the first was opened just now.")
    if degraded:
        since = moment(min(one.since for one in degraded))
        share = "All" if len(degraded) == len(lines) else f"{len(degraded)} of {len(lines)}"
        return wrong(
            name,
            f"Degraded since {since}: {share} web processes work without Redis. Everything arrives, a little later.",
            "Start Redis, or mend the way to it; they find it again within 3 s.",
        )
    return well(name, f"Live since {moment(max(one.since for one in lines))}.")


def the_processes(lines):
    name = "Web processes"
    if apart := list(processes.apart([processes.written(one) for one in lines])):
        return apart[0]
    lines_held = counted(sum(one.sockets for one in lines), "open line")
    return well(name, f"{counted(len(lines), 'process', 'processes')} with {lines_held}.")


def the_delays(hour):
    name = "Messages arrive"
    if not hour.total:
        return well(name, "Nothing was said to anybody in the last hour.")
    told = f"99 of 100 within {delay(hour.most)}, half within {delay(hour.half)}, in the last hour."
    if hour.most <= chart.SLOW:
        return well(name, told)
    return wrong(
        name,
        f"Slowly: {told}",
        "See whether Redis, the database or the machine is busy (docs/performance.md).",
    )


def unread_counts():
    name, check = "Unread counts", Check.objects.filter(name="unread").first()
    if check is None:
        return unknown(name, "The worker has not gone through them yet.")
    when = f"gone through {ago(check.at)}"
    if check.wrong:
        return wrong(
            name,
            f"{counted(check.wrong, 'count')} told wrongly, {when}{_such_as(check.found)}.",
            "Run `manage.py check_unread`, which names them, and please report it.",
        )
    if timezone.now() - check.at > UNREAD_FOR:
        return unknown(name, f"All were right when they were last {when}.")
    return well(name, f"All right, {when}.")


def _such_as(found):
    return f", such as {found[0]}" if found else ""


def errands():
    name, now = "Work that waits", timezone.now()
    waiting = Errand.objects.filter(done_at=None, due_at__lte=now)
    count, oldest = waiting.count(), waiting.order_by("due_at").values_list("due_at", flat=True).first()
    failing = Errand.objects.filter(done_at=None).exclude(last_error="").count()
    again = f" {counted(failing, 'errand')} failed and will be tried again." if failing else ""
    if oldest and now - oldest > LATE:
        return wrong(
            name,
            f"{counted(count, 'errand')} due, the oldest for {lasting(now - oldest)}.{again}",
            "See whether the worker lives; its log says what fails (pushes, scheduled messages, pictures).",
        )
    due = f"{counted(count, 'errand')} due." if count else "Nothing is due."
    return well(name, due + again)


def worker():
    return _alive("worker", "Celery worker", "Start it: celery -A kanban_board worker --pool=solo -l info")


def beat():
    name = "Celery beat"
    return too_many_beats(name) or _alive("scheduler", name, "Start it: celery -A kanban_board beat -l info")


def jobs():
    """Whether what beat asks for comes by Redis to the worker, and is done."""
    name, heard = "Jobs", Heartbeat.objects.filter(name="beat").first()
    if heard and heard.is_ahead:
        return clocks_differ(name, heard)
    if heard and heard.is_alive:
        return well(name, f"Went from beat by Redis to the worker {ago(heard.at)}.")
    last = f"since {moment(heard.at)}" if heard else "yet"
    return wrong(
        name,
        f"None went from beat by Redis to the worker {last}: no mail, no push, no reminder leaves.",
        "Start what is missing of Redis, worker and beat; nothing is lost meanwhile.",
    )


def letters():
    name, check = "Letters", Check.objects.filter(name="letters").first()
    if check is None or timezone.now() - check.at > TRIED_FOR:
        return well(name, "None is known that did not leave.")
    return wrong(
        name,
        f"{check.found[0]}, {ago(check.at)}. Since then none left.",
        "Run check_messaging_config.py, which asks the mail server; what is due waits, and is sent then.",
    )


def backups():
    name, last = "Backup", Backup.objects.first()
    made = last if last is None or last.was_made else Backup.objects.filter(size__isnull=False).first()
    cure = "Make one each night, by the timer or cron line of docs/self-hosting.md."
    if last and not last.was_made:
        before = f" The one before is of {moment(made.at)}." if made else ""
        return wrong(name, f"None could be made {ago(last.at)}: {last.failure}{before}", cure)
    if made is None:
        return _no_backup(name, cure)
    lost = f" {counted(made.missing, 'file')} that rows name are gone." if made.missing else ""
    told = f"Made {ago(made.at)}: {counted(made.messages, 'message')}, {size(made.size)}.{lost}"
    is_old = timezone.now() - made.at > BACKED_UP_FOR
    return wrong(name, told, cure) if is_old else well(name, told)


def restores():
    """Whether a backup was brought back, and all was there."""
    name = "Restore"
    cure = "Make the next one with `manage.py backup FILE --test`, which says what hinders it."
    last = Backup.objects.filter(tested_at__isnull=False).first()
    if last is None:
        has_any = Backup.objects.filter(size__isnull=False).exists()
        return (
            wrong(name, "None was tried yet.", cure) if has_any else unknown(name, "There is no backup yet.")
        )
    if not last.is_proven:
        return wrong(name, f"The backup of {moment(last.at)} could not be brought back: {last.failure}", cure)
    told = f"The backup of {moment(last.at)} was brought back whole {ago(last.tested_at)}, into a database of its own."
    is_old = timezone.now() - last.tested_at > TESTED_FOR
    return wrong(name, told, cure) if is_old else well(name, told)


def disk():
    return room_at(settings.DATA_FOLDER)


def _no_backup(name, cure):
    is_young = not User.objects.filter(date_joined__lt=timezone.now() - YOUNG).exists()
    return unknown(name, "None was made yet.") if is_young else wrong(name, "None was ever made.", cure)


def _alive(kept_as, name, cure):
    heard = Heartbeat.objects.filter(name=kept_as).first()
    if heard and heard.is_ahead:
        return clocks_differ(name, heard)
    if heard and heard.is_alive:
        return well(name, f"Lives, {ago(heard.at)}, on {heard.host}.")
    last = f"since {moment(heard.at)}, on {heard.host}" if heard else "yet"
    return wrong(name, f"Was not heard {last}.", cure)
