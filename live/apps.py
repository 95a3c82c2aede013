"""The app that holds the line to browsers."""

from django.apps import AppConfig


class LiveConfig(AppConfig):
    name = "live"
