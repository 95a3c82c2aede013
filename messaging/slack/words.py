"""Converting Slack's texts: its mrkdwn to Markdown, its emoji names to emoji."""

import html
import re

from ..text import emoji

CODE = re.compile(r"(```.*?```|`[^`\n]+`)", re.S)
REFERENCE = re.compile(r"<([@#!]?)([^<>|]*)(?:\|([^<>]*))?>")
BOLD = re.compile(r"(?<![\w*])\*(?=\S)([^*\n]+?)(?<=\S)\*(?![\w*])")
STRUCK = re.compile(r"(?<![\w~])~(?=\S)([^~\n]+?)(?<=\S)~(?![\w~])")
CALLS = {"here": "@here", "channel": "@room", "everyone": "@room"}
OTHER_NAMES = {"simple_smile": "slightly_smiling_face", "thumbsup_all": "thumbsup"}


def in_markdown(text, people, rooms):
    """The Markdown of a text. `people` are {Slack's id: user name}, `rooms` {Slack's id: (name, url)}."""
    parts = CODE.split(text or "")
    said = [_code(part) if place % 2 else _prose(part, people, rooms) for place, part in enumerate(parts)]
    return "".join(said).strip()


def emoji_of(name):
    """The emoji of a reaction, without skin tone; None for an emoji that only Slack or that workspace has."""
    name = name.partition("::")[0]
    return emoji.named(OTHER_NAMES.get(name, name))


def _code(text):
    return html.unescape(REFERENCE.sub(lambda found: found[3] or found[2], text))


def _prose(text, people, rooms):
    text = STRUCK.sub(r"~~\1~~", BOLD.sub(r"**\1**", text))
    return html.unescape(REFERENCE.sub(lambda found: _named(*found.groups(), people, rooms), text))


def _named(sign, what, label, people, rooms):
    match sign:
        case "@":
            return f"@{people.get(what) or label or 'somebody'}"
        case "#":
            name, address = rooms.get(what, (label or "channel", None))
            return f"[#{name}]({address})" if address else f"#{name}"
        case "!":
            return CALLS.get(what) or label or what.partition("^")[0]
    return f"[{label}]({what})" if label and label != what else what
