"""Parsing a search: its words, and its operators such as from:ada or has:file."""

import re
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from .index import Term
from .words import fold, has_words

LONGEST = 300  # characters
MOST_TERMS = 20
PART = re.compile(r'(-?)(?:(\w+):(?!//))?("[^"]*"?|[^\s"]+|(?=\s|$))')
HAS = ("file", "image", "link", "reaction", "pin")
IS = ("unread", "saved")
SHORTEST_PREFIX = 2


class Unclear(ValueError):
    """The search makes no sense, or cannot be done; the message tells the user what to do."""


@dataclass
class Question:
    """What to search for. `since` is the first moment, `until` the first one after the last."""

    words: list = field(default_factory=list)
    without: list = field(default_factory=list)
    people: list = field(default_factory=list)  # names after from:
    places: list = field(default_factory=list)  # names after in:
    mentioned: list = field(default_factory=list)
    having: set = field(default_factory=set)  # words of HAS, after has:
    being: set = field(default_factory=set)  # words of IS, after is:
    since: datetime | None = None
    until: datetime | None = None

    @property
    def is_empty(self):
        return self == Question() or not self.asks_for_something

    @property
    def asks_for_something(self):
        """Whether there is anything to look for, and not only words to leave out."""
        return self != Question(without=self.without)


def parsed(text):
    """The Question that somebody typed; Unclear if it is too long or makes no sense."""
    if len(text) > LONGEST:
        raise Unclear(_("Please search with at most %(most)d characters.") % {"most": LONGEST})
    question, parts = Question(), [match for match in PART.finditer(text) if match[0]]
    if len(parts) > MOST_TERMS:
        raise Unclear(_("Please search with at most %(most)d words and operators.") % {"most": MOST_TERMS})
    for match in parts:
        minus, operator, value = match.groups()
        if operator and operator.lower() in OPERATORS:
            _apply(question, minus, operator.lower(), value)
        else:
            _add_words(question, minus, match[0].removeprefix("-"))
    _let_last_word_be_a_prefix(question, text)
    if not question.asks_for_something and (question.without or text.strip()):
        raise Unclear(
            _("Say what to look for, not only what to leave out.")
            if question.without
            else _("Type letters or digits.")
        )
    return question


def _add_words(question, minus, text):
    words = text.strip('"')
    if has_words(words):
        (question.without if minus else question.words).append(Term(words))


def _let_last_word_be_a_prefix(question, text):
    """The user may still be typing the last word, so it matches longer words as well."""
    if question.words and text.endswith(question.words[-1].text) and text[-1:].isalnum():
        last = question.words[-1].text
        if len(fold(last).split()[-1]) >= SHORTEST_PREFIX:
            question.words[-1] = Term(last, is_prefix=True)


def _apply(question, minus, operator, value):
    value = value.strip('"').strip()
    if minus:
        raise Unclear(
            _("Only words can be left out with a minus; %(operator)s: cannot.") % {"operator": operator}
        )
    if not value:
        raise Unclear(_missing(operator))
    OPERATORS[operator](question, value)


# -- operators ---------------------------------------------------------------------------------------------------------


def _from(question, name):
    question.people.append(name.removeprefix("@"))


def _in(question, name):
    question.places.append(name)


def _mentions(question, name):
    question.mentioned.append(name.removeprefix("@"))


def _has(question, thing):
    thing = thing.lower().removesuffix("s")
    if thing not in HAS:
        raise Unclear(_missing("has"))
    question.having.add(thing)


def _is(question, state):
    if state.lower() not in IS:
        raise Unclear(_missing("is"))
    question.being.add(state.lower())


def _before(question, text):
    _narrow(question, None, _days(text, "before")[0])


def _after(question, text):
    _narrow(question, _days(text, "after")[1], None)


def _on(question, text):
    _narrow(question, *_days(text, "on"))


OPERATORS = {
    "from": _from,
    "in": _in,
    "mentions": _mentions,
    "has": _has,
    "is": _is,
    "before": _before,
    "after": _after,
    "on": _on,
}
MISSING = {
    "from": _("After from: write whose words you look for, as in from:ada or from:me."),
    "in": _(
        "After in: write the name of a room, board or task, or of a person, as in in:General or in:@bob."
    ),
    "mentions": _("After mentions: write who is mentioned, as in mentions:me."),
    "has": _("After has: write one of %(words)s."),
    "is": _("After is: write %(words)s."),
    "before": _("After before: write a day, as in before:2026-03-31 or before:yesterday."),
    "after": _("After after: write a day, as in after:2026-03-31 or after:yesterday."),
    "on": _("After on: write a day, a month or a year, as in on:2026-03-31, on:2026-03 or on:today."),
}


CHOICES = {"has": HAS, "is": IS}


def _missing(operator):
    *first, last = CHOICES.get(operator, [""])
    words = gettext("%(first)s or %(last)s") % {"first": ", ".join(first), "last": last}
    return MISSING[operator] % {"words": words}


def _narrow(question, since, until):
    if since:
        question.since = max(filter(None, [question.since, since]))
    if until:
        question.until = min(filter(None, [question.until, until]))


# -- days --------------------------------------------------------------------------------------------------------------


def _days(text, operator):
    """(the moment at which that day, month or year begins, the moment at which the next begins), in the user's zone."""
    try:
        first, after = _dates(text.lower(), timezone.localdate())
        return _midnight(first), _midnight(after)
    except (ValueError, OverflowError) as error:
        raise Unclear(_missing(operator)) from error


def _dates(text, today):
    if text in ("today", "yesterday"):
        first = today - timedelta(days=text == "yesterday")
        return first, first + timedelta(days=1)
    if re.fullmatch(r"\d{1,4}d", text):
        first = today - timedelta(days=int(text[:-1]))
        return first, first + timedelta(days=1)
    year, month, day = [int(part) for part in [*text.split("-"), "0", "0"][:3]]
    if text.count("-") > 2 or not 1970 <= year < 2100:
        raise ValueError
    if day:
        first = date(year, month, day)
        return first, first + timedelta(days=1)
    if month:
        return date(year, month, 1), date(year + month // 12, month % 12 + 1, 1)
    return date(year, 1, 1), date(year + 1, 1, 1)


def _midnight(day):
    return timezone.make_aware(datetime.combine(day, time.min))
