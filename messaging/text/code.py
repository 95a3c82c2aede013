"""Code in a message, coloured by classes."""

import re
from functools import cache
from html import escape

from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import get_lexer_by_name

# Whatever else is named stays uncoloured: some of the hundreds of lexers can be kept busy for ever.
LANGUAGES = {
    "bash", "c", "cpp", "csharp", "css", "diff", "dockerfile", "go", "html", "ini", "java", "javascript", "js",
    "json", "kotlin", "php", "powershell", "py", "python", "ruby", "rust", "sh", "sql", "swift", "toml", "ts",
    "typescript", "xml", "yaml",
}  # fmt: skip
LONGEST = 8_000  # characters that are coloured
RUN = re.compile(r"([^\w\s])\1{199}")  # of one sign: a lexer may look through the rest of it at each


def highlighted(text, info):
    """A <pre> with the language's name on it, when one was given."""
    language = info.split()[0].lower()[:30] if info.strip() else ""
    named = f' data-language="{escape(language)}"' if language else ""
    return f'<pre class="code"{named}><code>{_coloured(text, language)}</code></pre>\n'


def _coloured(text, language):
    if language not in LANGUAGES or len(text) > LONGEST or RUN.search(text):
        return escape(text)
    return highlight(text, get_lexer_by_name(language, stripnl=False), _formatter())


@cache
def _formatter():
    return HtmlFormatter(nowrap=True)
