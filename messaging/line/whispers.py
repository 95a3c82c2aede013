"""How what is in no revision of a conversation is said: who types, who has read how far, who is here."""

from django.contrib.auth import get_user_model
from django.utils import timezone

from live.database.question import Question
from live.whispering.typing import TYPING

from .. import frames
from ..queries.presence import who_share_presence


def tell_typing(whisper):
    for user in PEOPLE.ask(ids=[whisper["user_id"]]):
        yield frames.user_typing(user, whisper["on"])


def tell_reading(whisper):
    for user in WHO_SHARE_RECEIPTS.ask(ids=[whisper["user_id"]]):
        yield frames.message_marked_read(whisper, user)


def tell_presence(whisper):
    """Who came, went, turned away or back, but for those who keep it to themselves; in a crowd, only how many."""
    told = [whisper.get(what, ()) for what in ("came", "gone", "turned", "here")]
    known = who_share_presence(set().union(*told))
    came, gone, turned, here = ([known[id] for id in sorted(ids) if id in known] for ids in told)
    yield from (frames.user_join(user) for user in came)
    yield from (frames.user_leave(user) for user in gone)
    changed = any(whisper.get(what) for what in ("came", "gone", "turned"))
    if came or gone or turned or not changed:
        now = timezone.now()
        members = [frames.present(user, status_of(user, whisper)) for user in (*came, *turned)]
        members += [frames.present(user, "offline", now) for user in gone]
        yield frames.presence_update(members, active_count(whisper, here))


def tell_roster(whisper):
    """Who is here, to somebody who just came."""
    here = who_share_presence(whisper["here"]).values()
    members = [frames.present(user, status_of(user, whisper)) for user in here]
    yield frames.presence_update(members, active_count(whisper, here))


def status_of(user, whisper):
    """Of somebody who is here."""
    return "away" if user.pk in whisper.get("away", ()) else "active"


def active_count(whisper, here):
    """Those at their pages. Who keep it to themselves are not counted, unless there are too many to tell."""
    if not whisper["here"] and whisper["count"]:
        return whisper["count"]
    return sum(status_of(user, whisper) == "active" for user in here)


PEOPLE = Question(lambda ids: get_user_model().objects.filter(pk__in=ids), ids=[int])
WHO_SHARE_RECEIPTS = Question(
    lambda ids: get_user_model().objects.filter(pk__in=ids, shares_receipts=True), ids=[int]
)
WHISPERS = {TYPING: tell_typing, "read": tell_reading, "presence": tell_presence, "roster": tell_roster}
