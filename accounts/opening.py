"""Who opens a line: the session of its cookie and its person, in one query, judged as Django judges them for a page."""

from functools import partial
from http.cookies import CookieError

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, load_backend
from django.db.models import Subquery
from django.http import parse_cookie
from django.utils.crypto import constant_time_compare

from live.question import Question

from .models import Session, User
from .session_store import SessionStore
from .sessions import present


class SignedIn:
    """Stands where Channels' AuthMiddlewareStack would: its three middlewares take two queries and as many threads.

    It only notes how the person is found. The socket asks in the same thread in which it asks the policy.
    """

    def __init__(self, inner):
        self._inner = inner

    async def __call__(self, scope, receive, send):
        scope["live.session"] = key = session_key_of(scope)
        scope["live.opener"] = partial(opener, key)
        await self._inner(scope, receive, send)


def session_key_of(scope):
    for name, value in scope["headers"]:
        if name == b"cookie":
            try:
                return parse_cookie(value.decode("latin-1")).get(settings.SESSION_COOKIE_NAME)
            except CookieError:
                return None
    return None


def opener(session_key):
    """The person this session belongs to, or None: no such session, expired, another password since, or not active."""
    if not session_key or not (session_key.isascii() and session_key.isalnum()):
        return None
    for *values, kept in WHOSE.ask(session_key=session_key):
        user = User.from_db("default", COLUMNS, values)
        return user if _vouches_for(SessionStore(session_key).decode(kept), user) else None
    return None


def _vouches_for(session, user):
    backend = session.get(BACKEND_SESSION_KEY)
    return (
        session.get(SESSION_KEY) == str(user.pk)
        and backend in settings.AUTHENTICATION_BACKENDS
        and load_backend(backend).user_can_authenticate(user)
        and _is_of_this_password(session.get(HASH_SESSION_KEY) or "", user)
    )


def _is_of_this_password(noted, user):
    hashes = [user.get_session_auth_hash(), *user.get_session_auth_fallback_hash()]
    return any(constant_time_compare(noted, one) for one in hashes)


def _whose(session_key):
    session = Session.objects.filter(session_key=session_key, expire_date__gt=present())
    kept = Subquery(session.values("session_data"))
    return User.objects.filter(pk=Subquery(session.values("user_id"))).values_list(*COLUMNS, kept)


COLUMNS = [field.attname for field in User._meta.concrete_fields]
WHOSE = Question(_whose, session_key=str)
