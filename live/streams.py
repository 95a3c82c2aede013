"""A stream is anything with a gapless revision and a way to read what changed since one.

The line knows streams only by a key such as "conversation:12". What is behind a key is told by the source that the
owning app registers for its kind.
"""

from dataclasses import dataclass
from functools import partial
from itertools import accumulate
from operator import attrgetter
from typing import Any

AT_ONCE = 500  # ids in one query


@dataclass(frozen=True, slots=True)
class Change:
    """One noun of a stream, as it is after its latest change."""

    revision: int  # of the latest change
    born: int  # the revision at which the noun first appeared
    noun: Any  # a plain value the source can speak of without asking the database
    access: int | None = None  # the stream's access stamp when this was written; None when not known
    name: Any = None  # what somebody here awaits it by, when it is born

    def is_new(self, since):
        return self.born > since


@dataclass(frozen=True, slots=True)
class Head:
    """Where a stream stands."""

    revision: int
    epoch: str  # another one after a restore: nothing counted before it is comparable
    access: int  # another one whenever somebody may have lost access


class Source:
    """Reads and speaks one kind of stream. All methods are synchronous and run in the line's own threads."""

    kind = ""

    def heads(self, ids):
        """{id: Head} of those that exist, in one query."""
        raise NotImplementedError

    def changes(self, id, since, limit):
        """At most `limit` Changes with a revision above `since`, lowest first."""
        raise NotImplementedError

    def changes_of(self, since, limit):
        """{id: its Changes} of several streams, `since` being {id: revision}: at most `limit` in all, lowest first.

        A source with many streams should override this, to read them together. Here each is asked for `limit` changes,
        however few still fit: a Question is built once for each limit, and a smaller limit might cut a change in two
        that is made of several rows.
        """
        changes, left = {}, limit
        for id, revision in since.items():
            changes[id] = self.changes(id, revision, limit)[:left] if left else []
            left -= len(changes[id])
        return changes

    def facts(self, id):
        """What a welcome says of this moment besides the head, the same for everybody: a dict."""
        return {}

    def allowed(self, id, user_ids):
        """Who of these may follow the stream now: a set of ids."""
        raise NotImplementedError

    def say(self, change, revision, dialect, since):
        """The frames (dicts) by which a dialect tells a change at `revision` to those who have `since`."""
        raise NotImplementedError

    def whispered(self, id, whisper, dialect):
        """The frames for something that is in no revision: typing, presence, a receipt."""
        return []

    def standing(self, id, user_ids):
        """The whispers that tell what is stored of these people now, for those who may have missed one."""
        return []


_sources = {}


def register(source):
    _sources[source.kind] = source


def source_of(key):
    """The source and the id behind a key."""
    kind, _, id = key.partition(":")
    return _sources[kind], int(id)


def heads_of(keys):
    """{key: Head} of those that exist; one query for each kind and five hundred."""
    by_kind = {}
    for key in keys:
        source, id = source_of(key)
        by_kind.setdefault(source, []).append(id)
    heads = {}
    for source, ids in by_kind.items():
        for start in range(0, len(ids), AT_ONCE):
            found = source.heads(ids[start : start + AT_ONCE])
            heads |= {f"{source.kind}:{id}": head for id, head in found.items()}
    return heads


def unbroken(changes, since):
    """(revision, change) for every revision from `since` + 1 to the last change, none left out.

    A revision that a later change of the same noun has overtaken is no longer on any row. It is told as the birth of
    the noun that was born at it, or else as a change that comes later, of a noun that was there by then if there is
    one: nothing is told before its birth. So followers can count on steps of one.
    """
    births = {change.born: change for change in changes}
    revision = since
    for change, oldest in zip(changes, _oldest_from_each(changes), strict=True):
        while revision + 1 < change.revision:
            revision += 1
            yield revision, births.get(revision, change if change.born <= revision else oldest)
        revision = change.revision
        yield revision, change


def _oldest_from_each(changes):
    """For each change, which of it and those after it is of the noun born first."""
    return [*accumulate(reversed(changes), partial(min, key=attrgetter("born")))][::-1]
