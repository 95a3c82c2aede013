"""The messaging app, as Django knows it."""

from django.apps import AppConfig


class MessagingConfig(AppConfig):
    name = "messaging"
    verbose_name = "Conversations"

    def ready(self):
        from django.db.backends.signals import connection_created
        from django.db.models.signals import post_migrate

        from live.streams import register

        from . import listening  # noqa: F401  connects what boards tell
        from .line.streams import ConversationSource, InboxSource
        from .search import index

        register(ConversationSource())
        register(InboxSource())
        connection_created.connect(index.add_functions)
        post_migrate.connect(index.repair, sender=self)
