"""The settings of single sign-on (OpenID Connect): the issuer, and who may sign in by it."""

from dataclasses import dataclass, field
from ipaddress import ip_address
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

LONGEST = 200  # characters of an issuer's URL that the database can store


@dataclass(frozen=True)
class SignOn:
    """`domains`: of the e-mail addresses whose people may sign in; empty for all."""

    issuer: str = ""
    client_id: str = ""
    client_secret: str = field(default="", repr=False)
    name: str = "single sign-on"
    domains: tuple = ()
    takes_newcomers: bool = False
    links_at_once: bool = False
    is_only_way: bool = False

    def __bool__(self):
        return bool(self.issuer)

    def lets_in(self, address):
        return not self.domains or address.rpartition("@")[2].lower() in self.domains


def checked(sign_on):
    """Returns `sign_on`; ImproperlyConfigured says what is wrong with it."""
    wanted = sign_on.client_id or sign_on.is_only_way or sign_on.takes_newcomers or sign_on.links_at_once
    if not sign_on.issuer and wanted:
        raise ImproperlyConfigured("OIDC_ISSUER is not set, and other settings of the single sign-on are.")
    if sign_on.issuer and (not is_private(sign_on.issuer) or len(sign_on.issuer) > LONGEST):
        raise ImproperlyConfigured(
            "OIDC_ISSUER must be an address such as https://id.example.org, as the issuer itself writes it."
        )
    if sign_on.issuer and not (sign_on.client_id and sign_on.client_secret):
        raise ImproperlyConfigured("OIDC_ISSUER needs OIDC_CLIENT_ID and OIDC_CLIENT_SECRET.")
    if sign_on.links_at_once and not sign_on.domains:
        raise ImproperlyConfigured(
            "OIDC_LINK_AT_ONCE needs OIDC_DOMAINS: whose addresses is the issuer sure of?"
        )
    return sign_on


def is_private(address):
    """Whether nobody on the way can read what is sent to this URL: it is https, or on this machine."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return bool(parts.hostname) and (
        parts.scheme == "https" or (parts.scheme == "http" and _is_here(parts.hostname))
    )


def _is_here(host):
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False
