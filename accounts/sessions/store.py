"""The session store keeps sessions in the database, each with the id of its person and its browser."""

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseSessionStore
from django.db import transaction

from live.database.question import Question

from .validity import database_now, tell_lines_of

BROWSER = "browser"  # the User-Agent at sign-in


class SessionStore(DatabaseSessionStore):
    @classmethod
    def get_model_class(cls):
        from ..models import Session

        return Session

    def _validate_session_key(self, key):
        """A cookie may hold anything, and PostgreSQL raises errors for some characters."""
        return super()._validate_session_key(key) and key.isascii() and key.isalnum()

    def _get_session_from_db(self):
        for session in STANDING.ask(session_key=self.session_key):
            return session
        self._session_key = None

    async def _aget_session_from_db(self):
        try:
            return await self.model.objects.aget(session_key=self.session_key, expire_date__gt=database_now())
        except self.model.DoesNotExist:
            self._session_key = None

    def create_model_instance(self, data):
        session = super().create_model_instance(data)
        return _with_owner(session, data)

    async def acreate_model_instance(self, data):
        session = await super().acreate_model_instance(data)
        return _with_owner(session, data)

    def flush(self):
        """Sign out: delete the row, and have the lines that were opened with it checked at once."""
        owner = _owner(self)
        with transaction.atomic():
            super().flush()
            if owner:
                tell_lines_of(owner)
                _note_end(owner)


def _standing(session_key):
    return SessionStore.get_model_class().objects.filter(
        session_key=session_key, expire_date__gt=database_now()
    )


STANDING = Question(_standing, session_key=str)


def _note_end(user_id):
    from ..actions.noting import note
    from ..models import User

    user = User.objects.filter(pk=user_id).first()
    if user:
        note("session.ended", by=user)


def _with_owner(session, data):
    session.user_id, session.browser = _owner(data), data.get(BROWSER, "")
    return session


def _owner(data):
    return int(data[SESSION_KEY]) if data.get(SESSION_KEY) else None
