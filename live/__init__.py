"""The line to browsers. It knows streams and sockets, and neither room, board nor person."""

from .process import hub_or_messenger


def announce(key, revision, change=None):
    """Tell everybody who follows the stream that it has a new revision. Call it after COMMIT, from any thread.

    `change` (a live.streams.Change) spares this process reading it again. Never raises and never waits for Redis.
    """
    announce_all([(key, revision, change)])


def announce_all(news):
    """The same for several streams at once: (key, revision, change or None) each."""
    hub_or_messenger().announce_all(news)


def announce_whispers(whispers):
    """Tell those who follow now what is written down, and counted in no revision: (key, whisper) each.

    A whisper names its `user_id`; who may have missed it is told again, as that person stands by then. Call it after
    COMMIT, from any thread. Never raises and never waits for Redis.
    """
    hub_or_messenger().announce_whispers(whispers)


def announce_session_end(user_id):
    """Have the open sockets of a person asked at once whether their sessions still stand."""
    hub_or_messenger().announce_session_end(user_id)
