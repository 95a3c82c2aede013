"""Requests to an issuer, and its published configuration (OpenID Connect Discovery 1.0)."""

import requests

from .configured import is_private

PATH = "/.well-known/openid-configuration"
NEEDED = ("authorization_endpoint", "token_endpoint", "userinfo_endpoint", "jwks_uri")
TIMEOUT = 5  # seconds
Unreachable = requests.RequestException


class IssuerSession(requests.Session):
    """Follows no redirect, because requests contain the client secret."""

    def __init__(self):
        super().__init__()
        self.max_redirects = 0

    def request(self, *args, **how):
        return super().request(*args, **{"timeout": TIMEOUT, **how})


def configuration_url(issuer):
    return issuer.rstrip("/") + PATH


def look_up(url):
    """The JSON at this URL; Unreachable if there is no answer, or it is no JSON."""
    with IssuerSession() as session:
        answer = session.get(url)
    answer.raise_for_status()
    return answer.json()


def trouble_with(told, issuer):
    """A sentence that says what is wrong with this configuration, or None."""
    if not isinstance(told, dict):
        return "It answers, but not with what an issuer says of itself."
    if told.get("issuer") != issuer:
        return f"It calls itself {told.get('issuer')}, and OIDC_ISSUER is {issuer}: both must be the same."
    missing = [name for name in NEEDED if not is_private(str(told.get(name, "")))]
    if missing:
        return f"It names no {missing[0]} that can be reached by https."
    if "S256" not in told.get("code_challenge_methods_supported", ["S256"]):
        return "It knows no PKCE with S256, by which a sign-in is kept from being taken over."
    return None
