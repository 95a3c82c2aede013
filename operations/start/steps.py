"""The four steps of a start in order, Redis, Celery worker, Celery beat, web server: what runs in each."""

import os
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass, field

from . import ports, readiness
from .options import PROJECT
from .part import Part

APPLICATION = "kanban_board.asgi:application"
LARGEST_FRAME = "65536"


# What Celery says of each job that goes well, many times a minute; whatever goes wrong it says in other words.
ROUTINE = re.compile(r"Task \S+\[[^\]]+\] (received|succeeded in )|Scheduler: Sending due task ")


@dataclass
class Step:
    """One line of the start. A step without parts is somebody else's, and only has to answer."""

    title: str
    question: Callable[[], bool]
    parts: list = field(default_factory=list)
    remark: str = ""


class Steps:
    def __init__(self, options, redis, environment, console, guard):
        self._options, self._redis, self._environment = options, redis, environment
        self._console, self._guard = console, guard

    def all(self):
        """A function for each step: it is called, and so its question begins, when the step's turn has come."""
        return [self._redis_step, self._worker_step, self._beat_step, self._web_step]

    def _part(self, name, command, question, cwd=PROJECT, fds=()):
        return Part(
            name,
            command,
            environment=self._environment,
            cwd=cwd,
            fds=fds,
            ready=question,
            folder=self._options.data,
            console=self._console,
            guard=self._guard,
            is_routine=ROUTINE.search,
        )

    def _redis_step(self):
        redis = self._redis
        if not redis.is_ours:
            return Step("Redis", redis.answers, remark=f"the one at {redis.shown}, which is left alone")
        part = self._part("redis", redis.command, redis.answers, cwd=redis.folder)
        return Step("Redis", redis.answers, [part], remark=f"our own at {redis.shown}")

    def _worker_step(self):
        name = readiness.worker_name(os.getpid())
        question = readiness.worker_answers(self._redis.url, name)
        alone = ["--pool=solo", "-n", name, "--without-gossip", "--without-mingle"]
        return Step("Celery worker", question, [self._part("worker", [*_celery("worker"), *alone], question)])

    def _beat_step(self):
        question = readiness.beat_answers()
        return Step("Celery beat", question, [self._part("beat", _celery("beat"), question)])

    def _web_step(self):
        question = readiness.web_answers(self._options.reachable_at)
        if self._options.server == "daphne":
            parts = [self._part("web", _daphne(self._options), question)]
        elif (
            os.name == "nt"
        ):  # sockets are not inherited there: uvicorn shares one among processes of its own
            parts = [self._part("web", _uvicorn(self._options), question)]
        else:
            parts = self._uvicorn_parts(question)
        return Step(f"Web server ({self._options.server.title()})", question, parts)

    def _uvicorn_parts(self, question):
        listening = ports.listen(self._options.host, self._options.port).detach()
        command = [*_python("operations.start.web_process"), str(listening)]
        count = self._options.workers
        names = [f"web {n}" for n in range(1, count + 1)] if count > 1 else ["web"]
        return [self._part(name, command, question, fds=[listening]) for name in names]


def _celery(what):
    return [*_python("celery"), "-A", "kanban_board", what, "-l", "info"]


def _daphne(options):
    from live.servers.starting import DAPHNE_ARGUMENTS

    address = ["-b", options.host, "-p", str(options.port)]
    limits = ["--websocket-max-frame-size", LARGEST_FRAME, "--websocket-max-message-size", LARGEST_FRAME]
    return [*_python("daphne"), *address, *limits, *DAPHNE_ARGUMENTS, APPLICATION]


def _uvicorn(options):
    from live.servers.starting import UVICORN_ARGUMENTS

    address = ["--host", options.host, "--port", str(options.port), "--workers", str(options.workers)]
    return [*_python("uvicorn"), *address, *UVICORN_ARGUMENTS, APPLICATION]


def _python(module):
    return [sys.executable, "-m", module]
