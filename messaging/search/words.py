"""Words as they are compared: without case and accents. In scripts without spaces, each character is a word."""

import re
import unicodedata

ACCENTS = re.compile("[\u0300-\u036f]+")
# Kana, ideographs, Hangul: words are not separated by spaces.
UNSPACED = re.compile("([\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff])")
# Letters that are not another letter with an accent, but are typed as other letters where keyboards lack them.
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
    """A text as it is indexed and searched."""
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
