"""The launcher from top to bottom."""

import os
import signal
import sys
import threading
import time

from . import folder, ports, preparing, redis_choice
from .console import Console
from .environment import environment_for
from .guard import Guard
from .options import parse
from .sorry import Sorry
from .steps import Steps
from .supervisor import Supervisor


def main(arguments):
    """Run until told to stop; returns the exit status."""
    console = Console()
    try:
        return Launch(parse(arguments), console).run()
    except Sorry as sorry:
        console.say(f"\n{sorry.sentence}\n{sorry.cure}")
        return 1


class Launch:
    """One run of the launcher on one data folder."""

    def __init__(self, options, console):
        self._options, self._console = options, console
        self._stop, self._hurry = threading.Event(), threading.Event()
        self._redis, self._supervisor = None, None

    def run(self):
        self._listen_for_signals()
        folder.make(self._options.data)
        with folder.take(self._options.data):
            return self._run_alone()

    def _run_alone(self):
        ports.check_free(self._options.host, self._options.port)
        self._redis = redis_choice.choose(self._options.data)
        environment = environment_for(self._options, self._redis)
        os.environ.update(environment)
        welcome = self._prepare()
        if self._stop.is_set():
            return 0
        guard = Guard()
        self._supervisor = Supervisor(self._console, self._stop, changed=self._note)
        try:
            self._bring_up(Steps(self._options, self._redis, environment, self._console, guard).all())
            if not self._stop.is_set():
                self._tell(welcome)
                self._supervisor.watch()
        except OSError as error:
            raise Sorry.about_folder(self._options.data, error) from error
        finally:
            self._supervisor.take_down(self._hurry)
            folder.forget(self._options.data)
            guard.dismiss()
        self._console.say("Everything has stopped.")
        return 0

    def _prepare(self):
        started = time.monotonic()
        preparing.load_django()
        applied = preparing.migrate()
        welcome = preparing.welcome(self._options)
        what = f"{applied} migration{'s' * (applied != 1)} applied" if applied else "up to date"
        self._console.say(f"Database ... {what} in {time.monotonic() - started:.1f} s")
        return welcome

    def _bring_up(self, makers):
        (self._options.data / "logs").mkdir(exist_ok=True)
        for number, make in enumerate(makers, 1):
            if self._stop.is_set():
                return
            self._supervisor.bring_up(number, len(makers), make())

    def _tell(self, welcome):
        self._console.say(
            f"\nPrizmAI Messaging is at {os.environ.get('PUBLIC_URL', '').strip() or self._options.url}"
        )
        if not self._options.on_loopback:
            self._console.say(f"It answers to the names in ALLOWED_HOSTS: {os.environ['ALLOWED_HOSTS']}")
        for line in welcome:
            self._console.say(line)
        if hasattr(os, "geteuid") and os.geteuid() == 0:
            self._console.say("It runs as root: for more than a trial, start it as a user of its own.")
        self._console.say(f"Logs are in {self._options.data / 'logs'}. Ctrl-C stops everything.\n")

    def _note(self):
        """Leave word for the diagnostic of what runs where. The password of Redis is not part of it."""
        folder.note(
            self._options.data,
            {
                "pid": os.getpid(),
                "url": self._options.url,
                "reachable_at": self._options.reachable_at,
                "server": self._options.server,
                "workers": self._options.workers,
                "data": str(self._options.data),
                "installation": preparing.installation(),
                "origins": os.environ.get("ALLOWED_ORIGINS", ""),
                "database": preparing.database_in_words(),
                "mail": preparing.mail_in_words(),
                "redis": {"url": self._redis.shown, "ours": self._redis.is_ours},
                "parts": {part.name: part.pid for part in self._supervisor.parts},
            },
        )

    def _listen_for_signals(self):
        """The first signal asks everything to stop in order, the second one at once."""

        def heard(number, frame):
            if self._stop.is_set():
                self._hurry.set()
            self._stop.set()

        for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK"):
            if hasattr(signal, name):
                signal.signal(getattr(signal, name), heard)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
