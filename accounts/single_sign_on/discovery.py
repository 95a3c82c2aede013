"""What an issuer says of itself (OpenID Connect Discovery 1.0), and whether one can go by it."""

import requests

from .configured import is_private

PATH = "/.well-known/openid-configuration"
NEEDED = ("authorization_endpoint", "token_endpoint", "userinfo_endpoint", "jwks_uri")
PATIENCE = 5  # seconds


def address_of(issuer):
    return issuer.rstrip("/") + PATH


def look_up(address):
    """What is said there; requests.RequestException when nothing is, or what is no JSON."""
    answer = requests.get(address, timeout=PATIENCE)
    answer.raise_for_status()
    return answer.json()


def trouble_with(told, issuer):
    """What is wrong with it, in a sentence, or None."""
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
