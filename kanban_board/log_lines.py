"""A line in the log is one line: what strangers put into names and addresses neither forges one nor paints it."""

import logging
import unicodedata

from live.database.pool import AWAY
from live.sockets.violations import told_path

AS_LINES = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "kanban_board.log_lines.OneLine",
            "fmt": "%(asctime)s %(levelname)s %(name)s %(message)s",
        }
    },
    "filters": {
        "in_sum": {"()": "kanban_board.log_lines.NotEveryLine"},
        "in_a_line": {"()": "kanban_board.log_lines.InALine"},
        "said_once": {"()": "kanban_board.jobs_in_trouble.SaidOnce"},
        "without_plans": {"()": "kanban_board.log_lines.WithoutPlans"},
        "without_keys": {"()": "kanban_board.log_lines.WithoutKeys"},
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        # With DEBUG Django would write each line a second time, by a handler of its own.
        "django": {"handlers": [], "level": "INFO"},
        "django.request": {"level": "ERROR", "filters": ["without_keys", "in_a_line"]},
        # Of `runserver`, which names every address.
        "django.channels.server": {"level": "WARNING"},
        "django.security.csrf": {"filters": ["without_keys"]},
        # It leaves tracebacks while Redis is away; live.hints says it once, in a sentence.
        "channels_redis": {"level": "CRITICAL"},
        "celery.app.trace": {"filters": ["said_once"]},
        "py.warnings": {"filters": ["without_plans"]},
        "httpx": {"level": "WARNING"},
        "uvicorn.error": {"filters": ["in_sum"]},
    },
}


class OneLine(logging.Formatter):
    def formatMessage(self, record):  # noqa: N802  logging's name
        return shown(super().formatMessage(record))

    def formatException(self, info):  # noqa: N802  logging's name
        return shown(super().formatException(info), but="\n\t")


def shown(text, but="\t"):
    """The text with its control characters written out, as \\n or \\x1b."""
    return "".join(_escaped(c) if c not in but and _is_control(c) else c for c in text)


def _is_control(character):
    # Other line ends and characters that turn the direction count too.
    return unicodedata.category(character) in {"Cc", "Cf", "Cs", "Zl", "Zp"}


def _escaped(character):
    return character.encode("unicode_escape").decode()


class NotEveryLine(logging.Filter):
    """Leaves out uvicorn's word of each connection that comes or goes: their number is among the metrics."""

    def filter(self, record):
        said = str(record.msg)
        return record.levelno > logging.INFO or not (said.startswith("connection ") or '"WebSocket' in said)


class WithoutPlans(logging.Filter):
    """Leaves out what Celery means to change one day: it says so whenever Redis is back."""

    def filter(self, record):
        return "CPendingDeprecationWarning" not in record.getMessage()


class InALine(logging.Filter):
    """While the database is away everybody's requests meet it: a traceback of each would tell nothing more."""

    def filter(self, record):
        failure = record.exc_info and record.exc_info[1]
        if isinstance(failure, AWAY):
            record.msg, record.args = f"{record.getMessage()}: {str(failure).strip()[:200]}", ()
            record.exc_info = record.exc_text = None
        return True


class WithoutKeys(logging.Filter):
    """Django names the path of what failed or was forged; some are as good as a key, and are named by their pattern."""

    def filter(self, record):
        request = getattr(record, "request", None)
        if getattr(request, "resolver_match", None) and isinstance(record.args, tuple):
            path, told = request.path.encode("unicode_escape").decode(), told_path(request)
            record.args = tuple(told if said == path else said for said in record.args)
        return True
