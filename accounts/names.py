"""What a name may contain: visible characters, on one line, in the direction of that line."""

import unicodedata

# Control characters, lone surrogates (which cannot be stored as UTF-8), ends of lines and paragraphs.
HIDDEN = {"Cc", "Cs", "Zl", "Zp"}
# Characters that change the direction of a line, or have no width. The joiners of scripts and emoji are allowed.
TURNING = {*"\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069", "\u200b", "\u2060", "\ufeff"}
# Letters and signs that show nothing: the fillers of Hangul and Khmer, the empty sign of Braille, and the soft hyphen.
BLANK = {*"\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180e\u2800\u3164\uffa0"}
# Scripts that share letters of the same look.
ALIKE = {"LATIN", "CYRILLIC", "GREEK", "COPTIC", "ARMENIAN", "CHEROKEE", "LISU"}


def without_hidden(text, keep=""):
    """The text with a space for each hidden character, except those in `keep`."""
    return "".join(" " if c not in keep and _is_hidden(c) else c for c in text)


def one_line(name):
    return " ".join(without_hidden(name).split())


def mixes_scripts(name):
    """Whether it mixes scripts that look alike: "\u0430da" begins with a Cyrillic letter."""
    return len({unicodedata.name(c, "").partition(" ")[0] for c in name if c.isalpha()} & ALIKE) > 1


def _is_hidden(character):
    return character in TURNING or character in BLANK or unicodedata.category(character) in HIDDEN
