"""The operations app, as Django knows it."""

from django.apps import AppConfig


class OperationsConfig(AppConfig):
    name = "operations"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from . import (
            checks,  # noqa: F401  they register themselves
            tasks,  # noqa: F401  its signal receivers must be known to worker and beat
        )
