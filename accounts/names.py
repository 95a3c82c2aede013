"""What a name may hold: what shows, on one line, and in the direction of that line."""

import unicodedata

# Control characters, lone surrogates (which cannot be stored as UTF-8), ends of lines and paragraphs.
HIDDEN = {"Cc", "Cs", "Zl", "Zp"}
# What turns the direction of a line, or takes no room. The joiners of scripts and emoji stay: they change what is seen.
TURNING = {*"\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069", "\u200b", "\u2060", "\ufeff"}
# Scripts with letters that look like those of another of them.
ALIKE = {"LATIN", "CYRILLIC", "GREEK", "COPTIC", "ARMENIAN", "CHEROKEE", "LISU"}


def without_hidden(text, keep=""):
    """The text with a space for each character that only pretends."""
    return "".join(" " if c not in keep and _is_hidden(c) else c for c in text)


def one_line(name):
    return " ".join(without_hidden(name).split())


def mixes_scripts(name):
    """Whether some of its letters may pass for others: "\u0430da" begins with a Cyrillic letter."""
    return len({unicodedata.name(c, "").partition(" ")[0] for c in name if c.isalpha()} & ALIKE) > 1


def _is_hidden(character):
    return character in TURNING or unicodedata.category(character) in HIDDEN
