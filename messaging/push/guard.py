"""Where a push may be sent: to known push services, and never into our own network."""

from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from ..outside import is_public

LONGEST = 1000  # characters of an endpoint
# The hosts of the browsers' push services. PUSH_SERVICES of the environment adds to them.
SERVICES = (
    "fcm.googleapis.com",
    "jmt17.google.com",
    "push.services.mozilla.com",
    "push.apple.com",
    "notify.windows.com",
)


def check_endpoint(endpoint):
    """ValidationError unless this is the URL of a known push service."""
    if not isinstance(endpoint, str) or len(endpoint) > LONGEST or not _is_known(endpoint):
        raise ValidationError(_("This browser's push service is not one that this server knows."))


def _is_known(endpoint):
    try:
        parts = urlsplit(endpoint)
        port = parts.port
    except ValueError:
        return False
    if settings.PUSH_TO_LOOPBACK and parts.hostname == "127.0.0.1":
        return True
    is_plain = port in (None, 443) and not parts.username and not parts.password and not parts.fragment
    return parts.scheme == "https" and is_plain and _is_service(parts.hostname or "")


def _is_service(host):
    known = [*SERVICES, *settings.PUSH_SERVICES]
    return any(host == service or host.endswith(f".{service}") for service in known)


def may_go(address):
    """Whether a push may be sent to this ipaddress."""
    return is_public(address) or (settings.PUSH_TO_LOOPBACK and address.is_loopback)
