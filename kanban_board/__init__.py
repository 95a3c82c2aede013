"""The Django project: it wires the apps and holds nothing of its own."""

from .celery import app as celery_app

__all__ = ["celery_app"]
