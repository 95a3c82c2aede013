"""Celery: what may be late or repeated. `celery -A kanban_board worker` and `beat` start it."""

import os
import warnings

from celery import Celery
from celery.exceptions import SecurityWarning

from . import jobs_in_trouble  # noqa: F401  it listens to what becomes of jobs

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kanban_board.settings")

# What it says to root in ten lines is about pickled jobs, of which it takes none here.
warnings.filterwarnings("ignore", category=SecurityWarning)

app = Celery("kanban_board")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@app.on_after_finalize.connect
def schedule(sender, **kwargs):
    """Each app says in its tasks.py, as SCHEDULE, what beat asks for and how often."""
    from accounts import tasks as people
    from messaging import tasks as conversations
    from operations import tasks as running

    sender.conf.beat_schedule = {**people.SCHEDULE, **conversations.SCHEDULE, **running.SCHEDULE}
