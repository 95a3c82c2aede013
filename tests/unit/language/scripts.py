"""The texts in a script: what stands between quotes or backticks, and not in an aside or a pattern."""

import re

# A piece of code, as far as texts in it are concerned.
PIECE = re.compile(
    r"""(?P<aside> //[^\n]* | /\*.*?\*/ )
      | (?P<text> "(?:\\.|[^"\\\n])*" | '(?:\\.|[^'\\\n])*' )
      | (?P<pattern> (?: (?<=[(,=:\[!&|?{};>\n])\s* | (?<=\breturn)\s+ )
                     / (?![/*]) (?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\[\n])+ /[a-z]* )
      | (?P<tick> ` ) | (?P<open> \{ ) | (?P<close> \} ) | (?P<code> . )""",
    re.DOTALL | re.VERBOSE,
)
TEMPLATE = re.compile(r"(?:\\.|\$(?!\{)|[^`\\$])*", re.DOTALL)


def texts_of(code):
    """(text, what stands before it, what follows it); what a template computes is a text's `{}`."""
    found = []
    _read(code, 0, found)
    return [(text, code[:start].rpartition("\n\n")[2], code[end : end + 20]) for text, start, end in found]


def _read(code, at, found):
    """Up to the brace that closes what was opened before, or to the end."""
    depth = 0
    while at < len(code):
        piece = PIECE.match(code, at)
        kind, start, at = piece.lastgroup, at, piece.end()
        if kind == "text":
            found.append((piece[0][1:-1], start, at))
        elif kind == "tick":
            at = _read_template(code, at, found)
        elif kind in ("open", "close"):
            depth += 1 if kind == "open" else -1
            if depth < 0:
                break
    return at


def _read_template(code, at, found):
    start, words = at - 1, ""
    while code[at] != "`":
        if code.startswith("${", at):
            at, words = _read(code, at + 2, found), words + "{}"
        else:
            part = TEMPLATE.match(code, at)
            at, words = part.end(), words + part[0]
    found.append((words, start, at + 1))
    return at + 1
