"""A guest is whoever the cookie says: a number is all that is known of them."""

import re
from functools import partial

from django.contrib.auth import get_user_model

from accounts.opening import session_key_of

NUMBER = re.compile(r"\d+$")


class Guests:
    """Stands where SignedIn would."""

    def __init__(self, inner):
        self._inner = inner

    async def __call__(self, scope, receive, send):
        scope["live.session"] = key = session_key_of(scope)
        scope["live.opener"] = partial(guest, key)
        await self._inner(scope, receive, send)


def guest(session_key):
    number = number_of(session_key)
    name = f"crowd{number}"
    return number and get_user_model()(pk=number, username=name, display_name=name.title())


def number_of(session_key):
    found = NUMBER.search(session_key or "")
    return int(found[0]) if found else None


def still_valid(session_keys):
    return {key: number_of(key) for key in session_keys}


def note_seen(session_keys):
    """Nobody asks when a guest was here."""
