"""The metadata of a page: from Open Graph (https://ogp.me), from tags for Twitter cards, or from its title."""

import codecs
import re
from contextlib import suppress
from dataclasses import dataclass
from html.parser import HTMLParser

from accounts.names import one_line

TITLE = ("og:title", "twitter:title")
DESCRIPTION = ("og:description", "twitter:description", "description")
PICTURE = ("og:image:secure_url", "og:image", "og:image:url", "twitter:image", "twitter:image:src")
LONGEST_TITLE, LONGEST_DESCRIPTION, LONGEST_SITE = 140, 240, 60  # characters that are kept
MOST_READ = 2_000  # characters of one value
# The charsets that Python decodes in linear time; some others are far slower.
CHARSETS = re.compile(
    r"us-ascii|utf-?8|utf-16(le|be)?|iso-8859-\d+|windows-125\d|koi8-[ru]|gb(k|2312|18030)|big5|shift_jis|euc-(jp|kr)",
    re.I,
)
CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w-]{1,40})", re.I)
BEGINNING = 2_048  # bytes within which a page names its charset


@dataclass(frozen=True, slots=True)
class Metadata:
    title: str  # empty if the page has none
    description: str
    site: str
    picture: str  # its URL as written in the page, perhaps relative; may be empty


def metadata_in(content, charset=""):
    """The Metadata in the bytes of a page; `charset` is the one that the server names, if any."""
    reader = _Reader()
    reader.feed(content.decode(_known(charset) or _named_in(content) or "utf-8", "replace"))
    said = reader.said
    return Metadata(
        title=_shown(_first(said, TITLE) or reader.title, LONGEST_TITLE),
        description=_shown(_first(said, DESCRIPTION), LONGEST_DESCRIPTION),
        site=_shown(_first(said, ("og:site_name",)), LONGEST_SITE),
        picture=_first(said, PICTURE),
    )


class _Reader(HTMLParser):
    """Collects the first value of each meta name, and the first title."""

    def __init__(self):
        super().__init__()
        self.said, self.title, self._is_in_title = {}, "", False

    def parse_marked_section(self, i, report=1):
        """Read it as a comment, as browsers do: some Pythons raise AssertionError for unknown sections."""
        return self.parse_bogus_comment(i, report)

    def handle_starttag(self, tag, attrs):
        if tag == "title":
            self._is_in_title = not self.title
        elif tag == "meta":
            told = dict(attrs)
            name, content = told.get("property") or told.get("name"), told.get("content")
            if name and content and content.strip():
                self.said.setdefault(name.strip().lower(), content[:MOST_READ])

    def handle_data(self, data):
        if self._is_in_title:
            self.title = (self.title + data)[:MOST_READ]

    def handle_endtag(self, tag):
        if tag == "title":
            self._is_in_title = False


def _first(said, names):
    return next((said[name] for name in names if name in said), "")


def _shown(text, length):
    line = one_line(text)
    return line if len(line) <= length else line[: length - 1].rstrip() + "…"


def _known(charset):
    """Python's name of a charset of CHARSETS; "" for others, and for some that do not exist, such as iso-8859-12."""
    if not CHARSETS.fullmatch(charset):
        return ""
    with suppress(LookupError):
        return codecs.lookup(charset).name
    return ""


def _named_in(content):
    named = CHARSET.search(content[:BEGINNING])
    return _known(named[1].decode()) if named else ""
