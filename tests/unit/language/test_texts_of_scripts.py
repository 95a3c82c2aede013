"""No script says anything to people but by gettext, and what that is given can be collected."""

import re
from pathlib import Path

import pytest

from .scripts import texts_of

STATIC = Path(__file__).resolve().parents[3] / "static"
SPEAKING = "js/**/*.js", "worker/*.js"
ITSELF = "js/language"
WORD = re.compile(r"[^\W\d_]{2,}")
SENTENCE = re.compile(
    r"""^[A-Z]\S*,?\s+\S*[^\W\d_] | \w\s+.*\w[.?!…]$
      | (?:^|\w\s+)(?:is|are|has|have|not|in|on|of|to|for|by|the|and|or)\s+\w""",
    re.VERBOSE,
)

# What stands before a text that people see or hear: where it is written to, or which part of an element it is.
SPOKEN = re.compile(
    r"""(?: (?: \b(?:textContent|title|placeholder|alt|words|note|label|aria(?:Role)?(?:Label|Description))\s*[=:]
              | "aria-(?:label|description|roledescription|valuetext)":
              | Attribute\("(?:aria-(?:label|description|roledescription|valuetext)|title|placeholder|alt)",
            ) [^;{}()\[\],]*
          | \b(?: toast\( | make\("[^"]*",\s*"[^"]*", | makeButton\("[^"]*", ) [^;{}()\[\]]*
        )(?<!==\s)$""",
    re.VERBOSE,
)
GIVEN = re.compile(r"""\b(?:gettext\(|[np]gettext\((?:\s*"(?:\\.|[^"\\])*",)?)\s*$""")
CALLED = re.compile(r"\b[np]?gettext\(\s*(?![\"\s])|\b[np]gettext\(\s*\"(?:\\.|[^\"\\])*\",\s*(?![\"\s])")
OF_A_LANGUAGE = re.compile(
    r"\bIntl\.(?!DateTimeFormat\(\)\.resolved)\w+\((?!locale\b)|\.toLocale(?:Date|Time)?String\((?!locale\b)"
)
# What looks like words to be translated and is none.
NO_WORDS = {
    "There is no network.",  # errors that are caught
    "The database does not open.",
    "{} · PrizmAI",
}
FOR_SCRIPTS = re.compile(
    r'\.toLocaleDateString\("sv"\)|Intl.DateTimeFormat\("en-GB", \{ timeZone, weekday: "short"'
)


def is_said(text, before):
    words = text.replace("{}", " 1 ") if "{}" in text else text
    if not WORD.search(words) or text in NO_WORDS:
        return False
    return bool(SENTENCE.search(words.strip()) or SPOKEN.search(before))


def left_in_english(code):
    return [
        text
        for text, before, after in texts_of(code)
        if is_said(text, before) and not GIVEN.search(before) and not after.startswith(": gettext(")
    ]


def out_of_reach(code):
    """Texts that nobody can collect, for they are made as the script runs."""
    return [code[call.start() :].partition("\n")[0] for call in CALLED.finditer(code)]


def of_no_language(code):
    """Dates, numbers and lists that are not written as the page's language does."""
    return [found[0] for found in OF_A_LANGUAGE.finditer(FOR_SCRIPTS.sub("", code))]


LAWS = [left_in_english, out_of_reach, of_no_language]
BREACHES = {
    left_in_english: [
        'toast("Saved.");',
        "this.#said.textContent = count > 0 ? `${count} found` : gettext(\"None\");",
        'const NOT_THERE = "That message is not here any more.";',
        'field.setAttribute("aria-label", "Day");',
        'make("span", "visually-hidden", " begun");',
        'toast(gettext("{name} is {state}", { state: `Not sent: ${why}` }));',
        'const choices = [{ words: "Reply", look: "reply" }];',
        "const pattern = /[\"`]/; button.title = `Rooms of ${name}`;",
    ],
    out_of_reach: [
        "gettext(`Added ${title}.`)",
        "gettext(title)",
        'ngettext("{count} card", `${many} cards`, many)',
        'pgettext("verb", title)',
    ],
    of_no_language: [
        'new Intl.ListFormat("en").format(names)',
        "date.toLocaleDateString([], { day: \"numeric\" })",
        "count.toLocaleString()",
    ],
}  # fmt: skip
KEPT = """
// Don't say "Not sent" here.
import { gettext, ngettext, pgettext } from "language/gettext.js";
const KEY = "prizmai-theme", PATTERN = /^["'`]|\\/`/g;
const GROUPS = { "Food & Drink": gettext("Food & Drink") };
const quoted = (name) => {
  return /[\\s"`]/.test(name) ? `"${name}"` : name;
};
button.setAttribute("aria-label", gettext("Copy code"));
make("div", "menu message-menu", make("span", "visually-hidden", ` ${gettext("begun")}`));
const choices = [{ words: pgettext("verb", "Search") }];
toast(count === 1 ? gettext("It's one.") : ngettext("{count} card", "{count} cards", count));
document.querySelector(`form[data-level-of="${id}"] select`).title = `${name} (${key})`;
new Date().toLocaleDateString("sv") + Intl.DateTimeFormat().resolvedOptions().timeZone + 1..toLocaleString(locale);
"""


def scripts():
    """{path below static: code}"""
    paths = sorted(path for pattern in SPEAKING for path in STATIC.glob(pattern))
    codes = {path.relative_to(STATIC).as_posix(): path.read_text() for path in paths}
    return {path: code for path, code in codes.items() if not path.startswith(ITSELF)}


@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.__name__)
def test_scripts_speak_every_language(law):
    assert len(scripts()) > 100
    assert not {path: left for path, code in scripts().items() if (left := law(code))}


@pytest.mark.parametrize("law, code", [(law, code) for law in LAWS for code in BREACHES[law]])
def test_a_breach_would_be_seen(law, code):
    assert law(f"const a = 1;\n{code}\n")


@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.__name__)
def test_what_is_no_breach_is_none(law):
    assert not law(KEPT)
