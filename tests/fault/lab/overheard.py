"""Whoever overhears a Redis: all that is asked of it from now on, and what of that its forerunners did not know."""

import contextlib
import re
import threading

from operations.redis_by_hand import Redis

WORD = re.compile(r'"((?:[^"\\]|\\.)*)"')
EXCUSED = {("CLIENT", "SETINFO")}  # told by the library to whom it may concern: it does not mind a refusal


class Overheard:
    """Of a server that tells since when it knows each of its words: Redis 7 or newer."""

    def __init__(self, url):
        self.asked, self._url = [], url
        with Redis(url) as redis:
            self._since = dict(_ages(redis.ask("COMMAND", "DOCS")))
        line = Redis(url, timeout=None)
        self._ear = line.ask("CLIENT", "ID")
        line.ask("MONITOR")
        self._listening = threading.Thread(target=self._listen, args=[line], daemon=True)
        self._listening.start()

    def close(self):
        with Redis(self._url) as redis:
            redis.ask("CLIENT", "KILL", "ID", self._ear)
        self._listening.join()

    def newer_than(self, version):
        """[(command, word of it)] of what was asked."""
        used = {(words[0], word) for words in self.asked for word in words} - EXCUSED
        return sorted(pair for pair in used if self._since.get(pair, (0,)) >= (version + 1,))

    def _listen(self, line):
        with line, contextlib.suppress(ConnectionError):  # it is closed
            while True:
                self.asked.append([word.upper() for word in WORD.findall(line.hear())])


def _ages(docs):
    """((command, itself or a word of it), version)"""
    for name, told in _pairs(docs):
        yield from _ages_of(name.upper(), name, told, "1.0.0")


def _ages_of(command, word, told, as_old_as):
    told = dict(_pairs(told))
    since = told.get("since", as_old_as)
    if word:
        yield (command, word.upper()), tuple(map(int, since.split(".")))
    for argument in told.get("arguments", ()):
        yield from _ages_of(command, dict(_pairs(argument)).get("token"), argument, since)
    for name, more in _pairs(told.get("subcommands", ())):
        yield from _ages_of(command, name.partition("|")[2], more, since)


def _pairs(flat):
    return zip(flat[::2], flat[1::2], strict=True)
