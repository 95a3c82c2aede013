"""What translators have written is whole, keeps what stands in a text, and is what pages use."""

import gettext
import json
import re
import shutil

import pytest
from django.conf import settings as django_settings
from django.core.management import CommandError, call_command

from operations import translations

ROOT = django_settings.BASE_DIR
LANGUAGES = translations.languages(ROOT)
OURS = (
    "accounts",
    "boards",
    "kanban_board",
    "live",
    "messaging",
    "operations",
    "templates",
    "locale",
    "static/js",
)
STANDS = re.compile(r"%\(\w+\)[sd]|\{\w+\}|<[^>]+>")


@pytest.fixture
def copy(tmp_path, monkeypatch, settings):
    """The project's own texts, in a folder where they may be collected anew."""
    for folder in OURS:
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.chdir(tmp_path)
    settings.LOCALE_PATHS = [tmp_path / "locale"]
    settings.BASE_DIR = tmp_path
    return tmp_path


def made(folder, locale):
    """{file: its content} of all that belongs to a language."""
    code = locale.replace("_", "-").lower()
    files = [
        folder / "locale" / locale / "LC_MESSAGES" / name
        for name in ("django.po", "djangojs.po", "django.mo")
    ]
    files.append(folder / "static/js/language" / f"{code}.js")
    return {file.name: file.read_bytes() for file in files}


def test_there_is_a_translation():
    assert "de" in LANGUAGES


@pytest.mark.parametrize("locale", LANGUAGES)
def test_each_text_is_translated(locale):
    assert translations.left(ROOT, locale) == 0


@pytest.mark.parametrize("locale", LANGUAGES)
def test_what_pages_use_is_what_the_code_says_and_translators_wrote(copy, locale):
    call_command("translations", verbosity=0)
    again, kept = made(copy, locale), made(ROOT, locale)
    stale = [name for name in kept if again[name] != kept[name]]
    assert not stale, f"{stale}: run `manage.py translations`, and translate what is new"


@pytest.mark.parametrize("locale", LANGUAGES)
@pytest.mark.parametrize("domain", translations.DOMAINS)
def test_a_translation_keeps_what_stands_in_the_text(copy, locale, domain):
    source = copy / "locale" / locale / "LC_MESSAGES" / f"{domain}.po"
    target = source.with_suffix(".mo")
    translations._compiled(source, target)
    with target.open("rb") as file:
        catalogue = gettext.GNUTranslations(file)._catalog
    texts = {key: text for key, text in catalogue.items() if isinstance(key, str) and key}
    assert len(texts) > 200
    wrong = [
        text
        for key, text in texts.items()
        if sorted(STANDS.findall(key)) != sorted(STANDS.findall(text)) or ('"' in text) > ('"' in key)
    ]
    assert not wrong, "values and tags are kept, and a straight quote would end an attribute"


@pytest.mark.parametrize("locale", LANGUAGES)
def test_emoji_are_called_something_in_it_in_a_file_of_no_great_size(locale):
    vendored, code = ROOT / "static/vendor", locale.replace("_", "-").lower()
    signs = [sign for group in read(vendored / "gemoji/emoji.json") for sign, *_ in group["emoji"]]
    words = vendored / f"emojibase/{code}.json"
    assert [sign for sign, label, *_ in read(words) if label] == signs
    assert words.stat().st_size < 200_000


def read(file):
    return json.loads(file.read_text())


def test_no_text_is_said_both_with_a_number_and_without():
    """The two would share an entry, in which the one without finds nothing."""
    with (ROOT / "locale/de/LC_MESSAGES/django.mo").open("rb") as file:
        numbered = {key[0] for key in gettext.GNUTranslations(file)._catalog if isinstance(key, tuple)}
    numbered |= set(
        re.findall(r'^"(.+)": \[$', (ROOT / "static/js/language/de.js").read_text(), re.MULTILINE)
    )
    said = re.compile(r'\b(?:_|gettext|gettext_lazy|translate)[ (]"((?:[^"\\]|\\.)+)" ?(?:[),]|%\})')
    alone = {text for folder in OURS for text in said.findall(all_code_in(ROOT / folder))}
    assert len(numbered) > 30 and len(alone) > 1_000
    assert not numbered & alone


def all_code_in(folder):
    files = [file for ending in ("*.py", "*.html", "*.txt", "*.js") for file in folder.rglob(ending)]
    return "\n".join(file.read_text(encoding="utf-8") for file in files if file.parent.name != "language")


def test_a_new_language_begins_with_every_text(copy, capsys):
    call_command("translations", add="fr")
    assert re.search(r"fr: \d{4} texts to translate\.", capsys.readouterr().out)
    assert translations.left(copy, "fr") > 1_000
    assert (copy / "static/js/language/fr.js").read_text().startswith("// Made by")


def test_a_language_that_is_none_is_refused(copy):
    with pytest.raises(CommandError, match="write it as fr, pt-br or zh-hans"):
        call_command("translations", add="klingon")


def test_gettext_is_found_where_the_person_has_it(tmp_path, monkeypatch):
    msgfmt = tmp_path / "msgfmt"
    msgfmt.write_text(
        "#!/bin/sh\necho '2 translated messages, 3 untranslated messages.' >&2\n", encoding="utf-8"
    )
    msgfmt.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    assert translations.left(ROOT, "de") == 6


def test_without_gettext_it_says_what_is_missing(monkeypatch):
    monkeypatch.setattr("shutil.which", lambda name: None)
    with pytest.raises(CommandError, match="apt-get install gettext"):
        call_command("translations")
