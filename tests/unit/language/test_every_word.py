"""No word of a page is left untranslated: each address is asked in a language in which every text bears marks."""

import pytest
from django.db import transaction

from live import rate
from messaging.models import Message

from ..security.addresses import ASKS, filled
from ..security.attacks import browser_of
from .marks import speak_marked, spoken_in, unmarked, words_kept, words_of

# Of all languages: names, what programs are told, and units.
EVERYWHERE = {"prizmai"}
TOLD = ("detail", "refusal", "reason", "words")  # the keys under which JSON speaks to people
NOT_FOR_PEOPLE = ("api:", "mcp", "/metrics", "/healthz", "/readyz", "account_signup")
# What whoever runs it may have to look up, in English.
ENGLISH = {"operations:how_it_is"}


@pytest.fixture
def said_by_rooms(db, monkeypatch, settings, scene):
    """What stands in the site's language, for everybody."""
    settings.LANGUAGES = [("en", "English"), ("de", "Deutsch")]
    speak_marked(monkeypatch, only="de")
    return {body.strip() for body in Message.objects.filter(kind="system").values_list("body", flat=True)}


def answers_to(who, ask, scene):
    """As a page's form, and as a script asks."""
    path, form = filled(ask, scene, who)
    rate.POSTS.clear()
    browser = browser_of(who)
    browser.defaults["HTTP_ACCEPT_LANGUAGE"] = "de"
    yield browser.get(path)
    yield browser.post(path, dict(form))
    path, form = filled(ask, scene, who)  # a file can be read once
    yield browser.post(path, dict(form), headers={"Accept": "application/json"})


def texts_of(answer):
    kind = answer.headers.get("Content-Type", "")
    if kind.startswith("text/html"):
        return spoken_in(answer.text)
    if kind.startswith("application/json"):
        return list(told_in(answer.json()))
    return []


def told_in(value):
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from [inner] if key in TOLD and isinstance(inner, str) else told_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from told_in(inner)


@pytest.mark.parametrize("name", ["ada", "vera", "nobody"])
def test_every_word_is_translated(scene, said_by_rooms, name):
    who, left = getattr(scene, name, None), {}
    known = EVERYWHERE | words_kept()
    for ask in ASKS:
        if ask.startswith(NOT_FOR_PEOPLE) or ask in ENGLISH:
            continue
        with transaction.atomic():
            for answer in answers_to(who, ask, scene):
                for text in texts_of(answer):
                    if text.strip() not in said_by_rooms and words_of(unmarked(text)) - known:
                        left.setdefault(text.strip(), ask)
                answer.close()
            transaction.set_rollback(True)
    assert not left, "\n".join(f"{ask}: {text}" for text, ask in left.items())
