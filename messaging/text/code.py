"""Code in a message, coloured by classes."""

import re
from functools import cache
from html import escape
from time import thread_time

from pygments import format as formatted
from pygments.formatters import HtmlFormatter
from pygments.lexers import get_lexer_by_name

# Whatever else is named stays uncoloured: some of the hundreds of lexers can be kept busy for ever.
LANGUAGES = {
    "bash", "c", "cpp", "csharp", "css", "diff", "dockerfile", "go", "html", "ini", "java", "javascript", "js",
    "json", "kotlin", "php", "powershell", "py", "python", "ruby", "rust", "sh", "sql", "swift", "toml", "ts",
    "typescript", "xml", "yaml",
}  # fmt: skip
LONGEST = 8_000  # characters that are coloured
PATIENCE = 0.1  # seconds of the processor for all code of a message: some of 8,000 characters would take nine
RUN = re.compile(r"([^\w\s])\1{199}")  # of one sign: a lexer may look through the rest of it at each


class TakesTooLong(Exception):
    """It stays uncoloured."""


def highlighted(text, info, until):
    """A <pre> with the language's name on it, when one was given; coloured if that is done by then (thread_time)."""
    language = info.split()[0].lower()[:30] if info.strip() else ""
    named = f' data-language="{escape(language)}"' if language else ""
    return f'<pre class="code"{named}><code>{_coloured(text, language, until)}</code></pre>\n'


def _coloured(text, language, until):
    if language not in LANGUAGES or len(text) > LONGEST or RUN.search(text):
        return escape(text)
    tokens = get_lexer_by_name(language, stripnl=False).get_tokens(text)
    try:
        return formatted(_in_time(tokens, until), _formatter())
    except TakesTooLong:
        return escape(text)


def _in_time(tokens, until):
    """A lexer looks for one token after the other, and for some of them through all of the text."""
    for token in tokens:
        if thread_time() > until:
            raise TakesTooLong
        yield token


@cache
def _formatter():
    return HtmlFormatter(nowrap=True)
