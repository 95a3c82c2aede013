"""Translations: collected from the code into locale/CODE/LC_MESSAGES/*.po, where translators work, and made ready from
there: django.mo for pages, static/js/language/CODE.js for scripts. Needs GNU gettext; whoever only runs it does not.
"""

import gettext
import json
import os
import re
import subprocess

from django.conf.locale import LANG_INFO
from django.core.management import call_command
from django.utils.translation import to_locale

DOMAINS = "django", "djangojs"
NOT_OURS = ["tests", "docs", "node_modules", "var", "static/vendor", "static/js/language"]
LINES = {"no_obsolete": True, "add_location": "never"}  # of a .po, so that it changes only where a text did
OF_NO_USE = (
    '"POT-Creation-Date',
    '"Report-Msgid-Bugs-To',
    '"PO-Revision-Date',
    '"Last-Translator',
    '"Language-Team',
)
NAME = re.compile(r"^msgid .*", re.MULTILINE | re.DOTALL)  # not of what it was before, which a comment tells
FORMS = re.compile(r"plural=([^;]+);")


def languages(root):
    return sorted(path.name for path in (root / "locale").iterdir() if path.is_dir())


def begin(root, code):
    """The folder of a language that is new."""
    if "name_local" not in LANG_INFO.get(code, {}):
        raise LookupError(f"{code} is no language that Django knows: write it as fr, pt-br or zh-hans.")
    folder = root / "locale" / to_locale(code) / "LC_MESSAGES"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def collect(root, locale):
    """In the current folder, which is the root."""
    for domain in DOMAINS:
        extensions = ["html", "txt", "py"] if domain == "django" else ["js"]
        call_command(
            "makemessages",
            locale=[locale],
            domain=domain,
            extensions=extensions,
            ignore_patterns=NOT_OURS,
            verbosity=0,
            **LINES,
        )
        _tidy(_po(root, locale, domain))


def _tidy(path):
    """Without what changes by the hour, and what nobody filled in; in an order that no moved file changes."""
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    begin = lines.index('msgid ""\n')
    kept = "".join(line for line in lines[begin:] if not line.startswith(OF_NO_USE))
    head, *entries = kept.strip().split("\n\n")
    entries.sort(key=lambda entry: NAME.search(entry)[0])
    path.write_text("\n\n".join([head, *entries]) + "\n", encoding="utf-8")


def make_ready(root, locale):
    """Of texts that lack a translation, or whose translation is in doubt, pages show the English."""
    _compiled(_po(root, locale, "django"), _po(root, locale, "django").with_suffix(".mo"))
    ready = root / "static/js/language" / f"{locale.replace('_', '-').lower()}.js"
    ready.write_text(_module(root, locale), encoding="utf-8")


def left(root, locale):
    """How many texts lack a translation, or have one that is in doubt."""
    return sum(_left(_po(root, locale, domain)) for domain in DOMAINS)


def _po(root, locale, domain):
    return root / "locale" / locale / "LC_MESSAGES" / f"{domain}.po"


def _compiled(source, target):
    subprocess.run(["msgfmt", "--check-format", "-o", target, source], check=True)


def _left(source):
    told = subprocess.run(
        ["msgfmt", "--statistics", "-o", os.devnull, source],
        check=True,
        capture_output=True,
        text=True,
        env={**os.environ, "LC_ALL": "C"},
    ).stderr
    return sum(map(int, re.findall(r"(\d+) (?:fuzzy|untranslated)", told)))


def _module(root, locale):
    """The catalogue as a module: a text, or the list of its forms, under its name in English."""
    compiled = root / "locale" / locale / "LC_MESSAGES" / "djangojs.mo"
    _compiled(_po(root, locale, "djangojs"), compiled)
    with compiled.open("rb") as file:
        translated = gettext.GNUTranslations(file)
    compiled.unlink()
    words = {}
    for key, text in translated._catalog.items():
        name, form = key if isinstance(key, tuple) else (key, None)
        if form is None:
            words[name] = text
        else:
            words.setdefault(name, {})[form] = text
    words.pop("", None)
    words = {
        name: text if isinstance(text, str) else [text[form] for form in sorted(text)]
        for name, text in words.items()
    }
    forms = FORMS.search(translated.info()["plural-forms"])[1]
    return (
        "// Made by `manage.py translations`; what is said here stands in locale/.\n"
        f"export default {json.dumps(words, ensure_ascii=False, indent=0, sort_keys=True)};\n"
        f"export const formOf = (n) => Number({forms});\n"
    )
