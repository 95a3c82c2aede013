"""Where webhooks may go: to the internet with encryption, and inside our own network only where the host says so."""

from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from ..outside import is_public

LONGEST = 500  # characters
PORTS = {"https": 443, "http": 80}


def check_url(url):
    """The address as it is kept; ValidationError says what is wrong with it."""
    url = url.strip()
    try:
        place = urlsplit(url)
        has_host = bool(place.hostname) and (place.port is None or place.port > 0)
    except ValueError:
        has_host = False
    if not has_host or place.scheme not in PORTS or not url.isascii() or len(url) > LONGEST or " " in url:
        raise ValidationError(_("Please give an address such as https://ci.example.org/hook."))
    if place.username or place.password or place.fragment:
        raise ValidationError(_("Please leave user names, passwords and # out of the address."))
    if place.scheme == "http" and not is_named(place):
        raise ValidationError(
            _("Please use https. Only hosts named in WEBHOOK_HOSTS are sent to without encryption.")
        )
    return url


def is_named(place):
    """Whether the host has named this place (of a split URL): with its port, unless that is the usual one."""
    port = place.port or PORTS.get(place.scheme)
    names = {f"{place.hostname}:{port}"} | ({place.hostname} if port in PORTS.values() else set())
    return bool(names & {name.lower() for name in settings.WEBHOOK_HOSTS})


def may_go_to(place):
    """What is asked of each ipaddress to which the name of this place leads."""
    return (lambda address: True) if is_named(place) else is_public
