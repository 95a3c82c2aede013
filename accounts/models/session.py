"""A session is a signed-in browser, with the id of its person, so that one person's sessions can be ended."""

from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.utils import timezone


class Session(AbstractBaseSession):
    user_id = models.IntegerField(null=True, db_index=True)
    # Its User-Agent, and when it was last connected.
    browser = models.CharField(max_length=200, blank=True)
    used_at = models.DateTimeField(default=timezone.now)

    @classmethod
    def get_session_store_class(cls):
        from ..sessions.store import SessionStore

        return SessionStore
