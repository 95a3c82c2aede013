"""Searching: the index proposes rows, newest first; permissions and the other conditions then filter them."""

from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext

from boards.models import Task

from ..models import Attachment
from . import filters, hits, index, places
from .asking import Question, Unclear, parsed
from .nouns import FILE, MESSAGE, TASK, id_of, key_of

PAGE = 20
FIRST_LOOK, LONGEST_LOOK = 100, 2_000  # keys that the index is asked for at once: at first, and at most
MOST_LOOKED_AT = 12_000  # keys in one search; then it stops, and says so
MOST_WEIGHED = 200  # of the newest hits, among which the best are chosen
SECONDS = 3.0  # that a search may take


@dataclass(frozen=True)
class Found:
    """`hits` are rows. `below` is the key to go on from, or None. `is_cut`: it stopped before the page was full."""

    question: Question
    hits: list = field(default_factory=list)
    below: int | None = None
    is_cut: bool = False


def search(user, text, *, noun=MESSAGE, order="new", below=None, count=PAGE):
    """What this person finds by a text, as a Found. `order` is "new" or "best", `below` the key of an earlier Found.

    Raises asking.Unclear if the text makes no sense, or the search takes too long.
    """
    question = parsed(text)
    if not (question.asks_for_something and user.is_active):
        return Found(question)
    try:
        with index.time_limit(SECONDS):
            return Search(user, question, noun).found(order, below or index.EVERYTHING, count)
    except TimeoutError as error:
        words = gettext(
            "That is too much to look through at once: add a word, a place (in:) or a time (after:)."
        )
        raise Unclear(words) from error


class Search:
    """One person's question about one noun."""

    def __init__(self, user, question, noun=MESSAGE):
        self.user, self.question, self.noun = user, question, noun
        self.mentioned = [places.people(user, name) for name in question.mentioned]
        self.asked = self._asked()

    def found(self, order, below, count):
        if not self.can_match:
            return Found(self.question)
        if order == "best" and self.question.words:
            return self._best(count)
        keys, below, is_cut = self._take(below, count)
        return Found(self.question, self._rows(keys), below, is_cut)

    @property
    def can_match(self):
        """Whether the noun can have what is asked for: some traits only messages have, and files only one of them."""
        only_messages = self.question.having | self.question.being or self.question.mentioned
        return not only_messages or self.noun is MESSAGE or (self.noun is FILE and only_messages == {"file"})

    # -- what the index is asked -----------------------------------------------------------------------------

    def _asked(self):
        """(the first query to the index, the query to go on with if that brought too little).

        Most people see most of what is said, so the first query asks for all places: that is quicker than naming those
        they see. If too many hits are of other places, the second query names them.
        """
        known = tuple(self._of_any(places.people(self.user, name)) for name in self.question.people)
        if "link" in self.question.having:
            known += (("link",),)
        within = places.of(self.user)
        if self.question.places:
            within = places.named(self.user, self.question.places, within)
        marks = (*known, within.marks or ("c0",))
        narrow = self._asking(marks=marks, conversations=within.conversations, boards=within.boards)
        wide = self._asking(marks=known)
        if self.question.places:
            return narrow, narrow
        if not (wide.words or known):  # without words and marks the index has nothing to search by
            return narrow, narrow
        return wide, wide if len(within.marks) > places.MOST_PLACES else narrow

    def _asking(self, **where):
        words, without = tuple(self.question.words), tuple(self.question.without)
        return index.Asked(words=words, without=without, **where)

    def _of_any(self, user_ids):
        return tuple(f"u{id}" for id in sorted(user_ids)) or ("u0",)

    def _keys(self, below):
        """Yields lists of keys below this one, newest first."""
        first, then = self.asked
        if self.noun is MESSAGE:
            few = filters.few_candidates(self.user, self.question, self.mentioned)
            if few is not None:
                keys = [key for key in (key_of(*one) for one in few) if key < below]
                yield index.among(self.noun, first, sorted(keys, reverse=True))
                return
        limit, above, below = FIRST_LOOK, self._since, min(below, self._until)
        while True:
            keys = index.newest(self.noun, first, below=below, above=above, limit=limit)
            yield keys
            if len(keys) < limit:
                return
            first, below, limit = then, keys[-1], min(limit * 4, LONGEST_LOOK)

    @property
    def _since(self):
        return key_of(0, self.question.since) if self.question.since else 0

    @property
    def _until(self):
        return key_of(0, self.question.until) if self.question.until else index.EVERYTHING

    # -- what is kept of it ----------------------------------------------------------------------------------

    def _take(self, below, count):
        """(keys of a page, the key to go on from or None, whether it stopped too early)."""
        taken, looked_at = [], 0
        for keys in self._keys(below):
            taken += self._allowed(keys)
            looked_at += len(keys)
            if len(taken) > count:
                return taken[:count], taken[count - 1], False
            if looked_at >= MOST_LOOKED_AT:
                return taken, keys[-1], True
        return taken, None, False

    def _allowed(self, keys):
        ids = [id_of(key) for key in keys]
        if self._asks_for_words_alone:
            allowed = {id for (id,) in filters.PICKED.ask(user_id=self.user.pk, ids=ids)}
        else:
            allowed = set(self._permitted(ids).order_by().values_list("pk", flat=True)) if ids else ()
        return [key for key in keys if id_of(key) in allowed]

    @property
    def _asks_for_words_alone(self):
        """Whether the index knows all that is asked for, so that only permissions are checked, by a prepared query."""
        more = self.question.having | self.question.being or self.question.since or self.question.until
        return self.noun is MESSAGE and not (more or self.mentioned)

    def _permitted(self, ids):
        if self.noun is TASK:
            return Task.objects.visible_to(self.user).filter(pk__in=ids)
        if self.noun is FILE:
            message = filters.readable(self.user).filter(pk=OuterRef("message"))
            return Attachment.objects.filter(Exists(message), pk__in=ids)
        messages = filters.readable(self.user).filter(pk__in=ids)
        return filters.narrowed(messages, self.user, self.question, self.mentioned)

    def _rows(self, keys):
        ids = [id_of(key) for key in keys]
        if self._asks_for_words_alone:
            found = filters.ROWS.ask(user_id=self.user.pk, ids=ids)
        else:
            found = self._related(self._permitted(ids)) if ids else ()
        rows = {row.pk: row for row in found}
        return [rows[id] for id in ids if id in rows]

    def _related(self, rows):
        if self.noun is TASK:
            return rows.select_related("board", "column")
        if self.noun is FILE:
            return rows.select_related("message__author", "conversation__task", "conversation__board")
        return rows.select_related(*filters.RELATED)

    def _best(self, count):
        """The newest hits, best first. Older hits are not weighed, so that it takes no longer the more there are."""
        keys, _, _ = self._take(index.EVERYTHING, MOST_WEIGHED)
        texts = (
            {row.pk: text_of(row) for row in self._permitted([id_of(key) for key in keys])} if keys else {}
        )
        terms = self.question.words
        weighed = sorted(keys, key=lambda key: -hits.score(texts.get(id_of(key), ""), terms))
        return Found(self.question, self._rows(weighed[: 2 * count]))


def text_of(row):
    """The text of a row that is searched."""
    if isinstance(row, Task):
        return f"{row.title}\n{row.description}"
    return row.name if isinstance(row, Attachment) else row.body
