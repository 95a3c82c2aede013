"""What must not go wrong in the settings of a server that others can reach, as `manage.py check --deploy` tells it."""

from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import Error, Tags, Warning, register

from kanban_board.origins import HOW_TO_WRITE_IT, is_origin

LOOPBACK = {"localhost", "127.0.0.1", "::1"}


@register(Tags.security)
def names_are_listed(app_configs, **kwargs):
    """Any name at all would be believed, in links that are mailed too."""
    if any(name in ("*", ".") for name in settings.ALLOWED_HOSTS):
        hint = "List the names people use: ALLOWED_HOSTS=chat.example.org"
        return [Error("ALLOWED_HOSTS holds *: any name is believed.", hint=hint, id="prizmai.E001")]
    return []


@register(Tags.security)
def origins_are_origins(app_configs, **kwargs):
    return [
        Error(f"ALLOWED_ORIGINS holds {origin}, which is no origin.", hint=HOW_TO_WRITE_IT, id="prizmai.E002")
        for origin in settings.ALLOWED_ORIGINS
        if not is_origin(origin)
    ]


@register(Tags.security)
def links_begin_with_an_origin(app_configs, **kwargs):
    if is_origin(settings.PUBLIC_URL):
        return []
    hint = "Write what people open, without a path: https://chat.example.org"
    return [Error(f"PUBLIC_URL is {settings.PUBLIC_URL}, which is no origin.", hint=hint, id="prizmai.E005")]


@register(Tags.security, deploy=True)
def origins_are_there(app_configs, **kwargs):
    if settings.ALLOWED_ORIGINS:
        return []
    hint = "Set ALLOWED_ORIGINS=https://chat.example.org, the address people open."
    return [
        Error(
            "ALLOWED_ORIGINS is empty: this server does not know it is behind TLS.",
            hint=hint,
            id="prizmai.E003",
        )
    ]


@register(Tags.security, deploy=True)
def origins_are_behind_tls(app_configs, **kwargs):
    hint = "Use an https:// origin: over http, cookies and messages can be read on the way."
    return [
        Error(f"ALLOWED_ORIGINS holds {origin}, which is not https.", hint=hint, id="prizmai.E004")
        for origin in settings.ALLOWED_ORIGINS
        if not origin.startswith("https://") and urlsplit(origin).hostname not in LOOPBACK
    ]


@register(Tags.security, deploy=True)
def limits_are_kept(app_configs, **kwargs):
    if not settings.LOADTEST:
        return []
    hint = "Take PRIZMAI_LOADTEST out of the environment."
    return [Warning("PRIZMAI_LOADTEST lifts the limits on posting.", hint=hint, id="prizmai.W001")]
