"""The accounts app, as Django knows it."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = "People"

    def ready(self):
        from .audit import listening  # noqa: F401  connects its receivers
        from .signing_in import afterwards  # noqa: F401  connects its receivers
