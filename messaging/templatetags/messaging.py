"""What pages of other apps show of conversations."""

import re
import unicodedata

from django import template
from django.utils.html import format_html
from django.utils.safestring import mark_safe

from ..context import sidebar_of
from ..drawing import drawn

register = template.Library()
LONGEST_CHEER = 24  # characters
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
MOST_LINES, LINE = 40, 90  # of a message that is shown whole; characters of a line


@register.filter
def only_emoji(text):
    """Whether a message is nothing but a few pictures, which are then shown big."""
    bare = re.sub(r"[\s\u200d\ufe0f\U0001f3fb-\U0001f3ff]", "", text)
    return (
        bool(bare) and len(text) <= LONGEST_CHEER and all(unicodedata.category(one) == "So" for one in bare)
    )


@register.filter
def is_long(text):
    """Whether a message is folded until somebody wants all of it; as elements/timeline/long-message.js has it."""
    return sum(max(1, -(-len(line) // LINE)) for line in (text or "").split("\n")) > MOST_LINES


@register.simple_tag
def message_row(message):
    """One message of the timeline."""
    return drawn("messaging/_message.html", message=message, blank=False)


@register.simple_tag(takes_context=True)
def sidebar_place(context, place):
    """One conversation in the sidebar; None is the pattern that the browser fills."""
    told = place and {name: place[name] for name in IN_THE_SIDEBAR}
    here = bool(place) and context["request"].path == place["url"]
    return drawn("messaging/_sidebar_place.html", place=told, here=here)


@register.simple_tag(takes_context=True)
def person_row(context, person, conversation):
    """One of the people of a conversation, with a way to talk to them alone."""
    is_me = person["user_id"] == context["user"].pk
    can_be_asked = not is_me and conversation.kind != conversation.Kind.DIRECT
    return drawn("messaging/_person_row.html", person=person, can_be_asked=can_be_asked)


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
        '<span class="visually-hidden"> unread</span></unread-badge>',
        task.pk,
        "" if place["unread"] else mark_safe(" hidden"),
        place["unread"],
    )
