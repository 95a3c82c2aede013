"""Who lets others see whether they are here: looked up once and kept for a moment, for when everybody comes at once."""

import time

from django.contrib.auth import get_user_model

from live.database.question import Question

KNOWN = 2.0  # seconds for which a name, and the wish to be shown or not, is remembered


def who_share_presence(ids):
    """{id: user} of those among these who let others see whether they are here."""
    now = time.monotonic()
    known = {id: _known[id] for id in ids if id in _known and now < _known[id][0]}
    if unknown := set(ids) - known.keys():
        known |= {id: (now + KNOWN, user) for id, user in _found(unknown)}
        if len(_known) > MOST:
            _known.clear()
        _known.update(known)
    return {id: known[id][1] for id in sorted(known) if known[id][1] is not None}


def _found(ids):
    found = {user.pk: user for user in SHOWN.ask(ids=list(ids))}
    return [(id, found.get(id)) for id in ids]


MOST = 20_000  # people remembered
TOLD = ("username", "display_name")
SHOWN = Question(
    lambda ids: get_user_model().objects.filter(pk__in=ids, shares_presence=True).only(*TOLD), ids=[int]
)
_known = {}  # {id: (until when, the user or None)}
