"""The boards app, as Django knows it."""

from django.apps import AppConfig


class BoardsConfig(AppConfig):
    name = "boards"
    verbose_name = "Boards"

    def ready(self):
        from live.streams import register

        from .stream import BoardStream

        register(BoardStream())
