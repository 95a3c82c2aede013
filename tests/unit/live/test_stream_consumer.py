"""Who comes back is told what they missed, as long as they can take it in at once."""

import json

from live.arriving.past import Asker, Reading
from live.stream_consumer import StreamConsumer
from live.streams import Change, Head, Source

HEAD = Head(revision=10, epoch="one", access=1)


class Words(Source):
    def say(self, change, revision, dialect, since):
        return [{"revision": revision, "words": change.noun}]


def told(*nouns):
    """What somebody is told who missed these."""
    line = StreamConsumer()
    line.source = Words()
    first = HEAD.revision - len(nouns)
    changes = [Change(revision, revision, noun) for revision, noun in enumerate(nouns, first + 1)]
    (packet,) = line._told(Reading(HEAD, changes={first: changes}), Asker(1, first, "one"))
    return [json.loads(text) for text in packet.texts]


def test_who_missed_little_is_told_it():
    assert told("a", "b") == [
        {"revision": 9, "words": "a"},
        {"revision": 10, "words": "b"},
        {"type": "synced", "revision": 10},
    ]


def test_who_missed_more_than_may_wait_for_a_reader_loads_anew(settings):
    """They would be cut off as a slow reader, however fast they read."""
    long = "x" * (settings.LIVE["unsent_limit"] // 4)
    assert told(long, long)[-1] == {"type": "synced", "revision": 10}
    assert told(long, long, long) == [{"type": "reset", "why": "too_far", "epoch": "one", "revision": 10}]
