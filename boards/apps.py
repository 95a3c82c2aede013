"""The boards app, as Django knows it."""

from django.apps import AppConfig


class BoardsConfig(AppConfig):
    name = "boards"
    verbose_name = "Boards"

    def ready(self):
        from live.streams import register

        from . import listening  # noqa: F401  connects its receivers
        from .stream import BoardStream

        register(BoardStream())
