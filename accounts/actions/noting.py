"""Writing to the audit log, in the transaction of the change it tells of: so neither exists without the other."""

from ..audit.asking import asker
from ..audit.words import WORDS
from ..models import AuditEntry
from ..models.audit_entry import PERSON

LONGEST = 240  # characters of a name


def note(word, *, by, on=("", None, ""), board_id=None, room_id=None, place="", **details):
    """Write an entry with this word of audit_words.WORDS; KeyError for any other.

    `by` is a User or None, `on` is (kind, id, name). `details` are the values of the word's sentence; they must never
    hold the text of a message.
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
    """A person as the `on` of an audit entry."""
    return PERSON, user.pk, name_of(user)


def name_of(user):
    """The name under which the log keeps a person: it stays when they change theirs, or are deleted."""
    return f"{user.display_name} (@{user.username})" if user.display_name else f"@{user.username}"
