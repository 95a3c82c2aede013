"""Template tags about single sign-on."""

from django import template
from django.conf import settings

from ..actions.single_sign_on import links
from ..single_sign_on import linking

register = template.Library()


@register.simple_tag(takes_context=True)
def sign_on_offered(context):
    """{name, asks_for_password, is_linking, may_be_new}, or None where there is no single sign-on."""
    if not settings.OIDC:
        return None
    waiting = linking.pending(context["request"])
    return {
        "name": settings.OIDC.name,
        "asks_for_password": bool(waiting) or not settings.OIDC.is_only_way,
        "is_linking": bool(waiting),
        "may_be_new": bool(waiting and waiting["may_be_new"]),
    }


@register.simple_tag(takes_context=True)
def is_linked_with_sign_on(context):
    user = context["request"].user
    return bool(settings.OIDC) and links().filter(user=user).exists()
