"""Words as they are compared: without case and accents, and scripts that write no spaces one character at a time."""

import re
import unicodedata

ACCENTS = re.compile("[\u0300-\u036f]+")
# Kana, ideographs, Hangul: what stands together is found wherever it begins.
UNSPACED = re.compile("([\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff])")
# Letters that are not an accent on another letter, but are typed as one where keyboards lack them.
LETTERS = {
    "ß": "ss",
    "æ": "ae",
    "œ": "oe",
    "þ": "th",
    "ø": "o",
    "ł": "l",
    "đ": "d",
    "ð": "d",
    "ħ": "h",
    "ı": "i",
    "ς": "σ",
}
OTHER_LETTERS = str.maketrans(LETTERS)


def fold(text):
    """What the index holds of a text, and what it is asked for."""
    if text.isascii():
        return text.lower()
    return UNSPACED.sub(r" \1 ", fold_letters(text))


def fold_letters(text):
    bare = ACCENTS.sub("", unicodedata.normalize("NFKD", text))
    return unicodedata.normalize("NFC", bare).lower().translate(OTHER_LETTERS)


def tokens(text):
    """The words of a text, folded."""
    return re.findall(r"[^\W_]+", fold(text))


def has_words(text):
    return any(unicodedata.category(character)[0] in "LN" for character in text)
