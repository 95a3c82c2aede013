"""The search page; or only its results, for a script that puts them into the page."""

from urllib.parse import urlencode

from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from live.sockets.errors import RateLimited

from ...limits import limit_searches
from ...search.asking import LONGEST, OPERATORS, Unclear
from ...search.finding import search as find
from ...search.nouns import KINDS
from ...search.results import told
from ..asked import whole_number
from ..doors import TOO_OFTEN, signed_in
from .words import CHIPS, ORDERS, WORDS

BESIDES = 3  # files, and as many tasks, that are shown above the messages


@signed_in
@require_safe
@cache_control(private=True, no_store=True)
def search(request):
    """`q`, `kind` of KINDS, `order` of ORDERS, `below` from the link to more; with `part` only the results."""
    asked = Asked(request.GET)
    context, status = _answer(request.user, asked)
    page = "messaging/search/_found.html" if request.GET.get("part") else "messaging/search/search.html"
    return render(request, page, {"asked": asked, **context}, status=status)


class Asked:
    """What the query string asks for, and query strings that ask for the same with something changed."""

    longest = LONGEST

    def __init__(self, said):
        self.text = said.get("q", "").replace("\0", "")
        self.kind = said.get("kind") if said.get("kind") in KINDS else "messages"
        self.order = said.get("order") if said.get("order") in ORDERS else "new"
        self.below = whole_number(said.get("below", ""))

    def address(self, **changed):
        said = {"q": self.text, "kind": self.kind, "order": self.order, **changed}
        usual = {"kind": "messages", "order": "new", "below": None}
        return "?" + urlencode({key: value for key, value in said.items() if usual.get(key, "") != value})

    @property
    def words(self):
        return WORDS[self.kind]

    @property
    def kinds(self):
        return [(WORDS[kind].name, self.address(kind=kind), kind == self.kind) for kind in KINDS]

    @property
    def orders(self):
        return [(ORDERS[order], self.address(order=order), order == self.order) for order in ORDERS]

    @property
    def chips(self):
        words = self.text.split()
        return [(name, self._toggled(words, chip), chip in words, chip) for chip, name in CHIPS.items()]

    def _toggled(self, words, chip):
        others = [word for word in words if word != chip]
        return self.address(q=" ".join(others if chip in words else [*others, chip]))


def _answer(user, asked):
    try:
        limit_searches(user)
        return _found(user, asked), 200
    except RateLimited:
        return {"problem": TOO_OFTEN}, 429
    except Unclear as problem:
        return {"problem": str(problem)}, 200


def _found(user, asked):
    found = find(user, asked.text, noun=KINDS[asked.kind], order=asked.order, below=asked.below)
    is_first = asked.kind == "messages" and asked.below is None and found.question.words
    return {
        "question": found.question,
        "hits": told(found, user),
        "is_cut": found.is_cut,
        "more": asked.address(below=found.below) if found.below else None,
        "besides": _besides(user, asked) if is_first else [],
        "is_asked": found.question.asks_for_something,
        "operators": list(OPERATORS),
    }


def _besides(user, asked):
    """[(Words, some hits, the query string for all of them)] of tasks and files that match as well."""
    others = [
        (kind, told(find(user, asked.text, noun=KINDS[kind], count=BESIDES), user))
        for kind in ("tasks", "files")
    ]
    return [(WORDS[kind], hits, asked.address(kind=kind)) for kind, hits in others if hits]
