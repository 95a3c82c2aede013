"""What was said in plain words on one line, for quotes, lists and letters: no Markdown, no HTML."""

import re
from html import unescape

LONGEST = 4_000  # characters of HTML that are looked at
# In sanitised HTML every "<" that is not a tag's is written &lt;, and every ">" likewise.
BLOCK = re.compile(r"</?(?:p|br|li|ul|ol|pre|blockquote|table|thead|tbody|tr|td|th)\b[^>]*>")
TAG = re.compile(r"<[^>]*>?")


def plain_words(body, html, length):
    """The beginning of a message. `html` is its sanitised HTML, or None when the body is plain text already."""
    text = body[: length * 2] if html is None else without_tags(html[:LONGEST])
    line = " ".join(text.split())
    return line if len(line) <= length else line[: length - 1].rstrip() + "…"


def without_tags(html):
    """What sanitised HTML says."""
    return unescape(TAG.sub("", BLOCK.sub(" ", html)))
