"""The Django project: it wires the apps, and holds what they share: settings, logs, the frame of the API, Redis."""

import gc

# What is loaded at a start is no garbage: to look for some after every 700 new objects takes a quarter of the start.
gc.set_threshold(20_000, 20, 50)

from .celery import app as celery_app  # noqa: E402  most is loaded by this and what follows

__all__ = ["celery_app"]
