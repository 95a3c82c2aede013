"""A guest is whoever the cookie says: a number is all that is known of them."""

import re

from django.contrib.auth import get_user_model

from accounts.sessions.opening import session_key_of

NUMBER = re.compile(r"\d+$")


def session_of(scope):
    return session_key_of(scope)


def people_of(session_keys):
    return {key: guest(number) for key in session_keys if (number := number_of(key))}


def guest(number):
    name = f"crowd{number}"
    return get_user_model()(pk=number, username=name, display_name=name.title())


def number_of(session_key):
    found = NUMBER.search(session_key or "")
    return int(found[0]) if found else None


def still_valid(session_keys):
    return {key: number_of(key) for key in session_keys}


def note_seen(session_keys):
    """Nobody asks when a guest was here."""
