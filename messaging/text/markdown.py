"""Markdown as people write it in a chat, rendered and sanitised on the server."""

import re
from functools import cache
from time import thread_time
from unicodedata import bidirectional

import nh3
from markdown_it import MarkdownIt
from markdown_it.rules_inline import linkify
from markdown_it.token import Token

from . import emoji
from .code import PATIENCE, highlighted

# Whatever has none of these is plain text, and most of what people say is.
MARKUP = re.compile(r"[*_`~\[\]<>&\\|@]|://|:[a-z0-9_+-]+:|^[ ]{0,3}(?:[-+]|\d{1,9}[.)])\s", re.M)
# Names as accounts have them: letters, digits, dots, hyphens, plus and underscore; not inside an address.
MENTION = re.compile(r"(?<![\w@/.+-])@(\w[\w.+-]{0,149})")
GROUPS = {
    "room": None,
    "here": None,
}  # called like people: everybody, or whoever is there; a person's name goes first
EMOJI = re.compile(r"(?<!\w):([a-z0-9_+-]{1,60}):(?!\w)")
SCHEME = re.compile(r"https?$", re.I)
ADDRESS = re.compile(r"(?:https?://[^\s/\\]|mailto:[^\s/\\]|/(?![/\\]))", re.I)
LONGEST = 10_000  # characters that are looked at; a longer text stays plain
MOST_BRACKETS = 1_000  # each may open a link, and has to be followed up
DEEPEST = 24  # of what stands within each other, a list counting twice; a text that goes deeper stays plain
STRONG = {"L", "R", "AL"}  # the ways in which a letter may run
MOST_MENTIONS = 50  # looked for in one message; the rest stay words

HOLDERS = {"blockquote_open", "list_item_open"}
SIDED = {"blockquote", "bullet_list", "ordered_list"}  # what has a mark at the side on which its words begin
TAGS = {"a", "blockquote", "br", "code", "em", "li", "ol", "p", "pre", "s", "span", "strong", "ul"}
TABLE = {"table", "thead", "tbody", "tr", "th", "td"}
ATTRIBUTES = {
    "a": {"href", "rel", "target"},
    "span": {"class", "data-user", "data-group"},
    "pre": {"class", "data-language"},
    "ol": {"start", "dir"},
    "ul": {"dir"},
    "blockquote": {"dir"},
    "td": {"class"},
    "th": {"class"},
}


class Parsed:
    """A text that was read but not yet rendered: who is meant by its mentions can only be asked in between."""

    def __init__(self, text, *, calls=True):
        self._calls = calls  # whether names in it are anybody's
        self._tokens = _read(text) if _is_worth_reading(text) else None
        for part in self._texts():
            part.content = EMOJI.sub(_emoji, part.content)

    @property
    def names(self):
        """What may be a person's name, in lower case: with and without the punctuation after it."""
        found = {}
        for text in self._texts() if self._calls else ():
            for match in MENTION.finditer(text.content):
                if len(found) >= MOST_MENTIONS:
                    return found.keys()
                found.update(dict.fromkeys(_readings(match[1].lower())))
        return found.keys()

    @property
    def links(self):
        """Where it leads, but for what is in code or was put in <>."""
        inside = (child for token in self._tokens or () for child in token.children or ())
        opened = (child for child in inside if child.type == "link_open" and child.markup != "autolink")
        return [str(link.attrs["href"]) for link in opened]

    def html(self, people):
        """The HTML, or None when it would say nothing that the text does not. `people` are {lower-case name: user}."""
        if self._tokens is None:
            return None
        if self._calls:
            self._mark_mentions({**GROUPS, **people})
        if _is_plain(self._tokens):
            return None
        _turn_round(self._tokens)
        markdown = _markdown()
        env = {"until": thread_time() + PATIENCE}
        return _cleaner().clean(markdown.renderer.render(self._tokens, markdown.options, env)).strip()

    def groups(self, people):
        """Which of @room and @here are called."""
        return {name for name in self.names if name in GROUPS and name not in people}

    def _texts(self):
        """Text in which names count: not in code, not in links."""
        for token in self._tokens or ():
            depth = 0
            for child in token.children or ():
                depth += child.nesting if child.type in {"link_open", "link_close"} else 0
                if child.type == "text" and depth == 0:
                    yield child

    def _mark_mentions(self, people):
        meant = {id(text) for text in self._texts() if MENTION.search(text.content)}
        for token in self._tokens:
            if token.children and meant:
                token.children = [
                    part
                    for child in token.children
                    for part in (_with_mentions(child, people) if id(child) in meant else [child])
                ]


def _is_worth_reading(text):
    return len(text) <= LONGEST and text.count("[") <= MOST_BRACKETS and MARKUP.search(text) is not None


def _read(text):
    """The tokens; None where the parser would leave out words, as it does of what stands too deep."""
    tokens = _markdown().parse(text)
    is_too_deep = any(token.type in HOLDERS and token.level >= DEEPEST - 1 for token in tokens)
    return None if is_too_deep else tokens


def _turn_round(tokens):
    """Marks what begins with words that run from right to left. Paragraphs turn by themselves (static/css)."""
    begun = []  # of what has no words yet
    for token in tokens:
        if token.type.removesuffix("_open") in SIDED:
            begun.append(token)
        elif token.type.removesuffix("_close") in SIDED and begun:
            begun.pop()
        elif begun and token.type == "inline":
            first = next((way for way in map(bidirectional, token.content) if way in STRONG), None)
            for one in begun if first in ("R", "AL") else ():
                one.attrSet("dir", "rtl")
            begun = [] if first else begun


def _readings(name):
    """The name as it stands, then without the dots and hyphens that may be the sentence's own."""
    while name:
        yield name
        shorter = name.rstrip(".+-")
        name = shorter if shorter != name else ""


def _with_mentions(text, people):
    parts, end = [], 0
    for match in MENTION.finditer(text.content):
        name = next((name for name in _readings(match[1]) if name.lower() in people), None)
        if name is None:
            continue
        user = people[name.lower()]
        parts += [_text(text.content[end : match.start()]), *_mention(user, name)]
        end = match.start() + 1 + len(name)
    return [*parts, _text(text.content[end:])]


def _mention(user, name):
    who = {"data-user": str(user.pk)} if user else {"data-group": name.lower()}
    opening = Token("mention_open", "span", 1, attrs={"class": "mention", **who})
    return [opening, _text(f"@{name}"), Token("mention_close", "span", -1)]


def _emoji(match):
    return emoji.named(match[1]) or match[0]


def _text(content):
    return Token("text", "", 0, content=content)


def _is_plain(tokens):
    """Whether nothing but paragraphs of the very words is left."""
    for token in tokens:
        if token.type not in {"paragraph_open", "paragraph_close", "inline"}:
            return False
        children = token.children or ()
        if any(child.type not in {"text", "softbreak"} for child in children):
            return False
        said = "".join("\n" if child.type == "softbreak" else child.content for child in children)
        if token.type == "inline" and said.split() != token.content.split():
            return False  # an escape or an entity was resolved
    return True


@cache
def _markdown():
    options = {"html": False, "linkify": True, "breaks": True, "maxNesting": DEEPEST}
    markdown = MarkdownIt("commonmark", options)
    markdown.enable(["strikethrough", "table", "linkify"])
    # Headings would break the outline of the page, pictures fetch what nobody asked for.
    markdown.disable(["heading", "lheading", "hr", "code", "reference", "image", "html_block", "html_inline"])
    markdown.linkify.set({"fuzzy_link": False, "fuzzy_email": False, "fuzzy_ip": False})
    markdown.linkify.add("//", None).add("ftp:", None)
    markdown.inline.ruler.at("linkify", _linkify)
    markdown.validateLink = lambda address: bool(ADDRESS.match(address))
    markdown.add_render_rule("link_open", _render_link)
    markdown.add_render_rule("fence", _render_fence)
    for cell in ("th_open", "td_open"):
        markdown.add_render_rule(cell, _render_cell)
    return markdown


def _linkify(state, silent):
    """The library's rule looks back over all pending text at each "://"; handed on before, that is a few letters."""
    start = max(0, state.pos - len("https"))
    if not state.src.startswith("://", state.pos) or not SCHEME.search(state.src, start, state.pos):
        return False
    text, scheme = state.pending[: -len("_https")], state.pending[-len("_https") :]
    if text:
        state.pending = text
        state.pushPending()
        state.pending = scheme
    return linkify(state, silent)


def _render_link(renderer, tokens, index, options, env):
    if not str(tokens[index].attrs["href"]).startswith("/"):  # what is ours opens where one is
        tokens[index].attrs.update({"rel": "noopener noreferrer nofollow", "target": "_blank"})
    return renderer.renderToken(tokens, index, options, env)


def _render_fence(renderer, tokens, index, options, env):
    return highlighted(tokens[index].content, tokens[index].info, env["until"])


def _render_cell(renderer, tokens, index, options, env):
    """Alignment as a class: the page allows no inline styles."""
    style = tokens[index].attrs.pop("style", "")
    if style:
        tokens[index].attrs["class"] = style.replace("text-align:", "align-")
    return renderer.renderToken(tokens, index, options, env)


@cache
def _cleaner():
    return nh3.Cleaner(
        tags=TAGS | TABLE,
        attributes=ATTRIBUTES,
        attribute_filter=_only_safe_addresses,
        url_schemes={"http", "https", "mailto"},
        link_rel=None,  # said by the renderer already
    )


def _only_safe_addresses(tag, attribute, value):
    return None if attribute == "href" and not ADDRESS.match(value) else value
