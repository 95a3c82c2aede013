"""Where webhooks may send to: the internet by https; our own network, or http, only for WEBHOOK_HOSTS."""

from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from ..outside import is_public

LONGEST = 500  # characters of a URL
PORTS = {"https": 443, "http": 80}


def check_url(url):
    """The URL as it is stored; ValidationError says what is wrong with it."""
    url = url.strip()
    try:
        parts = urlsplit(url)
        has_host = bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        has_host = False
    if not has_host or parts.scheme not in PORTS or not url.isascii() or len(url) > LONGEST or " " in url:
        raise ValidationError(_("Please give an address such as https://ci.example.org/hook."))
    if parts.username or parts.password or parts.fragment:
        raise ValidationError(_("Please leave user names, passwords and # out of the address."))
    if parts.scheme == "http" and not is_named(parts):
        raise ValidationError(
            _("Please use https. Only hosts named in WEBHOOK_HOSTS are sent to without encryption.")
        )
    return url


def is_named(parts):
    """Whether WEBHOOK_HOSTS names the host of this split URL: with its port, unless that is the usual one."""
    port = parts.port or PORTS.get(parts.scheme)
    names = {f"{parts.hostname}:{port}"} | ({parts.hostname} if port in PORTS.values() else set())
    return bool(names & {name.lower() for name in settings.WEBHOOK_HOSTS})


def may_go_to(parts):
    """A function that says of each ipaddress of the host whether a webhook may go there."""
    return (lambda address: True) if is_named(parts) else is_public
