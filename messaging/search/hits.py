"""Marking the words that were searched for in a text, cutting an excerpt around them, and scoring the text."""

import re
from functools import lru_cache

from .words import UNSPACED, fold_letters, tokens

AROUND = 110  # characters before the first mark
LENGTH = 300


def marked(text, terms):
    """[(piece of the text, whether it is a hit)]; the pieces together are the text."""
    pattern = _pattern(terms)
    if pattern is None or not text:
        return [(text, False)] if text else []
    folded, places = _with_places(text)
    pieces, end = [], 0
    for found in pattern.finditer(folded):
        first, last = places[found.start()], places[found.end() - 1] + 1
        if first < end:
            continue
        pieces += [(text[end:first], False), (text[first:last], True)]
        end = last
    return [(words, is_hit) for words, is_hit in [*pieces, (text[end:], False)] if words]


def place_of_first(text, terms):
    """Where the first hit begins, or None. Quicker than marking all: a long message may consist of hits alone."""
    pattern = _pattern(terms)
    if pattern is None:
        return None
    folded, places = _with_places(text)
    found = pattern.search(folded)
    return places[found.start()] if found else None


def excerpt(text, terms):
    """The same for the part of the text around the first hit, on one line."""
    line = " ".join(text.split())
    before = place_of_first(line, terms) or 0
    start = _word_start(line, max(0, before - AROUND)) if len(line) > LENGTH else 0
    end = start + LENGTH
    shown = marked(line[start:end].rstrip(), terms)
    return [*([("… ", False)] if start else []), *shown, *([(" …", False)] if end < len(line) else [])]


def score(text, terms):
    """How well a text matches, as a number: all terms side by side count most, then how often and in how few words."""
    words = tokens(text)
    if not words:
        return 0.0
    wanted, line = [tokens(term.text) for term in terms], f" {' '.join(words)}"
    hits = sum(_count(line, term) for term in wanted)
    together = _count(line, [word for term in wanted for word in term]) > 0
    early = any(words[: len(term)] == term for term in wanted)
    return 3 * together + early + 4 * hits / (hits + 2) + 3 / (1 + len(words) / 10)


def _count(line, term):
    """How often these words, the last of which may go on, stand in a line that has a space before each of its words.

    It is looked for as one text: to compare word by word, at each word of 200 long messages, takes many seconds.
    """
    return line.count(f" {' '.join(term)}") if term else 0


def _pattern(terms):
    alternatives = [one for term in terms if (one := _alternative(term))]
    return re.compile("|".join(sorted(alternatives, key=len, reverse=True))) if alternatives else None


def _alternative(term):
    words = tokens(term.text)
    if not words:
        return ""
    between = r"[\W_]*" if UNSPACED.search(term.text) else r"[\W_]+"
    body = between.join(map(re.escape, words))
    before = "" if UNSPACED.match(words[0]) else r"(?<![^\W_])"
    after = r"[^\W_]*" if term.is_prefix else r"(?![^\W_])"
    return before + body + ("" if UNSPACED.match(words[-1]) else after)


def _with_places(text):
    """(the folded text, and for each of its characters the place in the text of the character it was made from)."""
    if text.isascii():
        return text.lower(), range(len(text))
    folded, places = [], []
    for place, character in enumerate(text):
        made = _folded(character)
        folded.append(made)
        places += [place] * len(made)
    return "".join(folded), places


@lru_cache(maxsize=4096)
def _folded(character):
    return fold_letters(character)


def _word_start(line, start):
    return line.find(" ", start) + 1 if start else 0
