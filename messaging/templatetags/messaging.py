"""What pages of other apps show of conversations."""

import re
import unicodedata
from functools import lru_cache
from urllib.parse import urlsplit

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext

from accounts.role_names import ROLES

from ..context import sidebar_of
from ..queries import notices
from ..rendering import rendered

register = template.Library()
register.filter("place_in_words", notices.place_in_words)
APPLE = re.compile("Macintosh|iPhone|iPad|iPod")  # as elements/keys/shortcut.js has it
LONGEST_CHEER = 24  # characters
KEYCAP = re.compile("[0-9#*]\ufe0f?\u20e3")
# Spaces, and what joins and alters emoji: skin tones, and the letters of flags of regions.
AROUND_EMOJI = re.compile("[\\s\u200d\ufe0f\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]")
LARGEST_PICTURE = (352, 288)  # pixels in the timeline
IN_THE_SIDEBAR = (
    "id",
    "url",
    "sign",
    "name",
    "user_id",
    "avatar",
    "unread",
    "mentions",
    "level",
    "favourite",
)
MOST_PEOPLE = 4_096  # whose addresses are kept
UNREAD_LINE = '<li class="unread-line">{}</li>'
MOST_LINES, LINE = 40, 90  # of a message that is shown whole; characters of a line


@register.filter
def only_emoji(text):
    """Whether a message is nothing but a few pictures, which are then shown big."""
    text = text.strip()
    bare = AROUND_EMOJI.sub("", KEYCAP.sub("\N{INPUT SYMBOL FOR NUMBERS}", text))
    return (
        bool(bare) and len(text) <= LONGEST_CHEER and all(unicodedata.category(one) == "So" for one in bare)
    )


@register.filter
def is_long(text):
    """Whether a message is folded until somebody wants all of it; as in elements/timeline/message/long-message.js."""
    return sum(max(1, -(-len(line) // LINE)) for line in (text or "").split("\n")) > MOST_LINES


@register.filter(expects_localtime=True)
def clock(moment):
    """As `date:"H:i"`, at a fifth of the price."""
    return f"{moment:%H:%M}" if moment else ""


@register.filter
def is_from_apple(request):
    """Whether shortcuts are held with ⌘ where this is shown, and not with Ctrl."""
    return bool(APPLE.search(request.headers.get("User-Agent", "")))


@register.filter
def host(url):
    return urlsplit(url).netloc


@register.filter
def role_in_words(role):
    """What somebody is in a room or on its board."""
    return ROLES[role]


@register.filter
@lru_cache(MOST_PEOPLE)
def person_url(user_id):
    return reverse("messaging:person", args=[user_id])


@register.simple_tag
def message_rows(messages):
    """The messages of a timeline, where days begin and where the unread ones do."""
    return _one_after_the_other(_message_row(message) for message in messages)


@register.simple_tag
def pattern(template, **told):
    """What the browser draws others after: the same for everybody."""
    return rendered(template, **told)


def _message_row(message):
    day = rendered("messaging/conversation/_day.html", day=message["day"]) if message["day"] else ""
    line = format_html(UNREAD_LINE, gettext("New")) if message["is_unread_start"] else ""
    return f"{day}{line}{rendered('messaging/message/_message.html', message=message, blank=False)}"


@register.simple_tag(takes_context=True)
def sidebar_places(context, places):
    """Conversations in the sidebar."""
    path = context["request"].path
    return _one_after_the_other(_sidebar_place(place, path == place["url"]) for place in places)


def _sidebar_place(place, here):
    told = {name: place[name] for name in IN_THE_SIDEBAR}
    return rendered("messaging/sidebar/_sidebar_place.html", place=told, here=here)


@register.simple_tag(takes_context=True)
def person_rows(context, people, conversation):
    """The people of a conversation, with a way to talk to each alone."""
    is_direct = conversation.kind == conversation.Kind.DIRECT
    me = context["user"].pk
    return _one_after_the_other(
        rendered(
            "messaging/people/_person_row.html",
            person=one,
            can_be_asked=not is_direct and one["user_id"] != me,
        )
        for one in people
    )


def _one_after_the_other(drawn):
    return mark_safe("".join(drawn))  # noqa: S308  of templates, which have escaped what they were told


@register.simple_tag
def picture_box(file):
    """The place that a picture takes, kept before it is there; nothing when nobody has measured it."""
    if not file["width"] or not file["height"]:
        return ""
    sides = file["width"], file["height"]
    scale = min(1, *(largest / side for largest, side in zip(LARGEST_PICTURE, sides, strict=True)))
    return format_html(' width="{}" height="{}"', *(max(1, _rounded(side * scale)) for side in sides))


def _rounded(number):
    """As browsers round: halves go up."""
    return int(number + 0.5)


@register.simple_tag(takes_context=True)
def unread_badge(context, task):
    """How much is unread in a task's comments; the browser keeps it right from here on."""
    place = sidebar_of(context["request"])["tasks"].get(task.pk) or {"unread": 0, "mentions": 0}
    return format_html(
        '<unread-badge class="badge accent" data-task="{}"{}><span class="count">{}</span>'
        '<span class="visually-hidden"> {}</span></unread-badge>',
        task.pk,
        "" if place["unread"] else mark_safe(" hidden"),
        place["unread"],
        gettext("unread"),
    )
