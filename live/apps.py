"""The app that holds the line to browsers."""

from django.apps import AppConfig


class LiveConfig(AppConfig):
    name = "live"

    def ready(self):
        from django.db.backends.signals import connection_created

        from .database import alphabets

        alphabets.know_every_alphabet()
        connection_created.connect(alphabets.learn)
