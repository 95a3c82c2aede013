"""Signs of life are of what runs here and now: no restore brings one back, and none takes one away."""

from contextlib import contextmanager

from django.db import DatabaseError
from django.utils import timezone


@contextmanager
def staying():
    """What is written meanwhile stays, too."""
    began, signs = timezone.now(), {model: _all(model) for model in models()}
    yield
    for model, rows in signs.items():
        model.objects.filter(at__lt=began).delete()
        model.objects.bulk_create(rows, ignore_conflicts=True)


def models():
    from operations.models import Heartbeat, LineProcess

    return Heartbeat, LineProcess


def _all(model):
    try:
        return list(model.objects.all())
    except DatabaseError:  # there is no such table yet
        return []
