"""The Django project: it wires the apps, and holds what they share: settings, logs, the frame of the API, Redis."""

from .celery import app as celery_app

__all__ = ["celery_app"]
