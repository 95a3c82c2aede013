"""Noting in the audit log: inside the transaction of what is noted, so that neither is there without the other."""

from ..asking import asker
from ..audit_words import WORDS
from ..models import AuditEntry
from ..models.audit_entry import PERSON

LONGEST = 240  # characters of a name


def note(word, *, by, on=("", None, ""), board_id=None, room_id=None, place="", **details):
    """One of audit_words.WORDS. `by` is a person, or None; `on` is (kind, id, name); `details` are never what was said.

    KeyError for a word that nobody could read.
    """
    WORDS[word]
    kind, noun_id, noun = on
    asked = asker()
    return AuditEntry.objects.create(
        word=word,
        who_id=by.pk if by else None,
        who=name_of(by) if by else "",
        kind=kind,
        noun_id=noun_id,
        noun=noun[:LONGEST],
        board_id=board_id,
        room_id=room_id,
        place=place[:LONGEST],
        address=asked.address,
        browser=asked.browser,
        details=details,
    )


def person(user):
    """Somebody as what an entry is on."""
    return PERSON, user.pk, name_of(user)


def name_of(user):
    """By which one finds them later, when they are called otherwise or gone."""
    return f"{user.display_name} (@{user.username})" if user.display_name else f"@{user.username}"
