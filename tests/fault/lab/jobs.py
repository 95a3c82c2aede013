"""The worker and the clock of the jobs, as the guide starts them."""

import sys

from .part import Part

CELERY = [sys.executable, "-m", "celery", "-A", "kanban_board"]


class Worker(Part):
    def __init__(self, *, env, folder):
        log = folder / "worker.log"
        command = [*CELERY, "worker", "--pool=solo", "-l", "info"]
        super().__init__("the worker", command, env=env, log=log, answers=lambda: says_ready(log))


class Beat(Part):
    def __init__(self, *, env, folder):
        log = folder / "beat.log"
        command = [*CELERY, "beat", "-l", "info"]
        super().__init__("beat", command, env=env, log=log, answers=lambda: "beat: Starting" in read(log))


def says_ready(log):
    return " ready." in read(log)


def read(log):
    return log.read_text(errors="replace") if log.exists() else ""
