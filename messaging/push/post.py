"""Sending a push: it is encrypted for one browser (RFC 8291) and handed to its push service."""

import json
import os
from dataclasses import dataclass
from urllib.parse import urlsplit

import http_ece
from cryptography.hazmat.primitives.asymmetric import ec
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from ..outside import FAILURES, connection_to, path_of
from . import guard, keys

TIMEOUT = 5  # seconds for each step
KEPT_FOR = 24 * 3600  # seconds for which a push service keeps it while the browser is off
LARGEST = 3_000  # bytes before encryption; services accept 4,096 after it
DELIVERED, GONE, FAILED = "delivered", "gone", "failed"


@dataclass(frozen=True, slots=True)
class Address:
    """A subscribed browser: the URL at its push service, and its two keys in base64url."""

    endpoint: str
    p256dh: str
    auth: str


def send(address, said, *, topic="", urgency="normal"):
    """DELIVERED, GONE (the subscription has ended) or FAILED (it may succeed later). Never raises.

    `said` is what becomes JSON for the browser. `topic` and `urgency` are headers of RFC 8030.
    """
    try:
        status = _hand_over(address, said, topic, urgency)
    except (*FAILURES, ValidationError):
        return FAILED
    if status in (404, 410):
        return GONE
    return DELIVERED if 200 <= status < 300 else FAILED  # a redirect is no delivery


def check_keys(p256dh, auth):
    """ValidationError unless a push can be encrypted with these keys."""
    try:
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), keys.decoded(p256dh))
        if len(keys.decoded(auth)) != 16:
            raise ValueError("A secret has sixteen bytes.")
    except (ValueError, TypeError) as error:
        raise ValidationError(_("These are no keys of a browser.")) from error


def sealed(address, said):
    """`said` as JSON, encrypted for this browser; ValueError if it is too large."""
    words = json.dumps(said, separators=(",", ":"), ensure_ascii=False).encode()
    if len(words) > LARGEST:
        raise ValueError("Too much for a push.")
    return http_ece.encrypt(
        words,
        salt=os.urandom(16),
        private_key=ec.generate_private_key(ec.SECP256R1()),
        dh=keys.decoded(address.p256dh),
        auth_secret=keys.decoded(address.auth),
        version="aes128gcm",
    )


def _hand_over(address, said, topic, urgency):
    headers = {
        "TTL": str(KEPT_FOR),
        "Urgency": urgency,
        "Content-Encoding": "aes128gcm",
        "Content-Type": "application/octet-stream",
        "Authorization": keys.authorization(address.endpoint),
        **({"Topic": topic} if topic else {}),
    }
    guard.check_endpoint(address.endpoint)
    parts = urlsplit(address.endpoint)
    connection = connection_to(parts, TIMEOUT, guard.may_go)
    try:
        connection.request("POST", path_of(parts), sealed(address, said), headers)
        return connection.getresponse().status
    finally:
        connection.close()
