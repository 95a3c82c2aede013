"""A language in which every text is itself between marks: what is left outside of them was never translated."""

import re
from html.parser import HTMLParser

from django.apps import apps
from django.db.models import CharField, JSONField, TextField
from django.utils import translation

from messaging import rendering

BEGIN, END = "⟦", "⟧"
MARKED = re.compile(f"{BEGIN}[^{BEGIN}{END}]*{END}")
WORD = re.compile(r"[A-Za-z]{2,}")
SCOPE = re.compile(r"\b\w+:\w+\b")  # of a token
SPOKEN = {"title", "placeholder", "alt", "aria-label", "aria-description", "aria-roledescription"}
SILENT = {"script", "style", "code", "pre", "option"}  # an option of zones is a name
SPOKEN_DATA = re.compile(r"^data-.*(words|ask|yes|label|says?)$")


def speak_marked(monkeypatch, only=None):
    """As long as the test runs; with `only`, in that language alone.

    Pieces of pages that are kept were made without marks, and those that are made now are for this test.
    """

    def marked(text):
        is_spoken = only in (None, translation.get_language()) and str(text).strip()
        return f"{BEGIN}{text}{END}" if is_spoken else text

    monkeypatch.setattr(rendering, "_kept", rendering.Kept())
    words = translation._trans
    monkeypatch.setattr(words, "gettext", marked, raising=False)
    monkeypatch.setattr(words, "pgettext", lambda context, text: marked(text), raising=False)
    monkeypatch.setattr(
        words, "ngettext", lambda one, many, count: marked(one if count == 1 else many), raising=False
    )
    monkeypatch.setattr(
        words, "npgettext", lambda _, one, many, count: marked(one if count == 1 else many), raising=False
    )


class Spoken(HTMLParser):
    """The texts that a person sees or hears of a page."""

    def __init__(self):
        super().__init__()
        self.texts, self._silent = [], 0

    def handle_starttag(self, tag, attributes):
        self._silent += tag in SILENT
        self.texts += [text for name, text in attributes if text and is_spoken(name)]

    def handle_startendtag(self, tag, attributes):
        self.texts += [text for name, text in attributes if text and is_spoken(name)]

    def handle_endtag(self, tag):
        self._silent -= tag in SILENT

    def handle_data(self, data):
        if not self._silent:
            self.texts.append(data)


def is_spoken(name):
    return name in SPOKEN or SPOKEN_DATA.match(name)


def spoken_in(page):
    """What is left of a page without what stands between marks, be it with tags in it."""
    spoken = Spoken()
    spoken.feed(unmarked(page))
    return spoken.texts


def unmarked(text):
    """What of a text stands outside of all marks."""
    while (shorter := MARKED.sub(" ", text)) != text:
        text = shorter
    return text


def words_of(text):
    text = SCOPE.sub(" ", text)
    return {word.lower() for word in WORD.findall(text)}


def words_kept():
    """What people themselves have written: every word in the database."""
    kept = set()
    for model in apps.get_models():
        fields = [
            field.attname
            for field in model._meta.concrete_fields
            if isinstance(field, CharField | TextField | JSONField)
        ]
        rows = (
            model.objects.exclude(kind="system")
            if model._meta.label == "messaging.Message"
            else model.objects
        )
        for row in rows.values_list(*fields) if fields else ():
            kept |= words_of(unmarked(" ".join(map(str, row))))
    return kept
