"""What pages of other apps show of conversations."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import mark_safe

from ..context import sidebar_of

register = template.Library()


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
