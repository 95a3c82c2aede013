"""Two people, a conversation and two sessions, made for one trial and gone after it."""

import contextlib
import secrets
from datetime import timedelta

PREFIX = "diagnostic-"
MADE_HERE = rf"^{PREFIX}[0-9a-f]{{12}}-[12]$"  # somebody may be called diagnostic-bob
LASTS = timedelta(minutes=2)


@contextlib.contextmanager
def trial():
    """Yields (conversation id, [cookie, cookie]). Leaves nothing behind, not even of a trial that was killed."""
    from django.db import connection

    try:
        _clear_away()
        try:
            yield _make()
        finally:
            _clear_away()
    finally:
        connection.close()


def _make():
    from django.contrib.auth.hashers import make_password

    from accounts.models import User
    from messaging.models import Conversation, Membership

    mark = secrets.token_hex(6)
    people = [
        User.objects.create(
            username=f"{PREFIX}{mark}-{n}",
            display_name=f"Diagnostic {n}",
            password=make_password(None),
            shares_presence=False,
        )
        for n in (1, 2)
    ]
    conversation = Conversation.objects.create(
        kind=Conversation.Kind.DIRECT, is_private=True, people_key=f"{PREFIX}{mark}", created_by=people[0]
    )
    Membership.objects.bulk_create([Membership(conversation=conversation, user=user) for user in people])
    return conversation.pk, [_cookie(user) for user in people]


def _cookie(user):
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

    from accounts.sessions.store import SessionStore

    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.set_expiry(int(LASTS.total_seconds()))
    session.save()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}"


def _clear_away():
    from django.db import models, transaction

    from accounts.models import Session, User
    from messaging.models import Conversation

    with transaction.atomic():
        Conversation.objects.filter(people_key__startswith=PREFIX).delete()
        for person in User.objects.filter(username__regex=MADE_HERE):
            Session.objects.filter(user_id=person.pk).delete()
            person.is_for_trial = True
            # Past `User.delete`, which tells running servers: their lines are closed.
            models.Model.delete(person)
