"""The messaging app, as Django knows it."""

from django.apps import AppConfig


class MessagingConfig(AppConfig):
    name = "messaging"
    verbose_name = "Conversations"

    def ready(self):
        from live.streams import register

        from . import listening  # noqa: F401  connects what boards tell
        from .streams import ConversationSource, InboxSource

        register(ConversationSource())
        register(InboxSource())
