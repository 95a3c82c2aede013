"""What was said in plain words on one line, for quotes, lists and letters: no Markdown, no HTML."""

import re
from html import unescape

LONGEST = 4_000  # characters of HTML that are looked at
# In sanitised HTML every "<" that is not a tag's is written &lt;, and every ">" likewise.
BLOCK = re.compile(r"</?(?:p|br|li|ul|ol|pre|blockquote|table|thead|tbody|tr|td|th)\b[^>]*>")
TAG = re.compile(r"<[^>]*>?")


def plain_words(body, html, length):
    """The beginning of a message. `html` is its sanitised HTML, or None when the body is plain text already."""
    return _on_one_line(body[: length * 2] if html is None else without_tags(html[:LONGEST]), length)


def first_line(body, html, length):
    """The same of its first line alone."""
    text = body if html is None else without_tags(html[:LONGEST], between="\n")
    return _on_one_line(text.strip().split("\n", 1)[0], length)


def without_tags(html, between=" "):
    """What sanitised HTML says."""
    return unescape(TAG.sub("", BLOCK.sub(between, html)))


def _on_one_line(text, length):
    line = " ".join(text.split())
    return line if len(line) <= length else line[: length - 1].rstrip() + "…"
