"""Template filters for form fields."""

from django import template

register = template.Library()


@register.filter
def unprompted(field):
    """The field's control without the placeholder that repeats its label."""
    return field.as_widget(
        attrs={"placeholder": " "} if field.field.widget.attrs.get("placeholder") else None
    )


@register.filter
def is_checkbox(field):
    return getattr(field.field.widget, "input_type", "") == "checkbox"
