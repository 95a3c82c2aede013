"""Who opens a line: the session of its cookie and the person of that session, checked as Django checks them for a page.

It replaces Channels' AuthMiddlewareStack, whose three middlewares take two queries and two threads for each line. Here
the people of several lines are found together, in the thread that asks the policy.
"""

from http.cookies import CookieError

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, load_backend
from django.http import parse_cookie
from django.utils.crypto import constant_time_compare

from live.database.question import Question

from ..models import Session, User
from ..signing_in.two_factor import not_missing
from .store import SessionStore
from .validity import database_now


def session_key_of(scope):
    for name, value in scope["headers"]:
        if name == b"cookie":
            try:
                return parse_cookie(value.decode("latin-1")).get(settings.SESSION_COOKIE_NAME)
            except CookieError:
                return None
    return None


def people_of(session_keys):
    """{session key: person}, in two queries.

    Left out are sessions that do not exist or have expired, that began before the password changed, or whose person is
    not active. People are read after sessions, so that nobody is let in by what they were a moment ago.
    """
    keys = [key for key in set(session_keys) if key and key.isascii() and key.isalnum()]
    sessions = SESSIONS.ask(session_keys=keys)
    people = _let_in(PEOPLE.ask(ids=list({user_id for _, user_id, _ in sessions})))
    return {
        key: people[user_id]
        for key, user_id, kept in sessions
        if user_id in people and _vouches_for(SessionStore(key).decode(kept), people[user_id])
    }


def _let_in(people):
    """{id: person}, without those who must set up a second factor first."""
    found = {user.pk: user for user in people}
    if settings.REQUIRE_TWO_FACTOR:
        in_order = not_missing(User.objects.filter(pk__in=found)).values_list("pk", flat=True)
        found = {user_id: found[user_id] for user_id in in_order}
    return found


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


def _sessions(session_keys):
    standing = Session.objects.filter(session_key__in=session_keys, expire_date__gt=database_now())
    return standing.exclude(user_id=None).values_list("session_key", "user_id", "session_data")


SESSIONS = Question(_sessions, session_keys=[str])
PEOPLE = Question(lambda ids: User.objects.filter(pk__in=ids), ids=[int])
