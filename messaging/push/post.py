"""One push on its way: encrypted for one browser (RFC 8291), and handed to its push service."""

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

TIMEOUT = 5  # seconds for any one step
KEPT_FOR = 24 * 3600  # seconds a push service keeps it for a browser that is off
LARGEST = 3_000  # bytes of words; services take 4,096 of everything
DELIVERED, GONE, FAILED = "delivered", "gone", "failed"


@dataclass(frozen=True, slots=True)
class Address:
    """A browser: where it is reached, and its two keys in base64url."""

    endpoint: str
    p256dh: str
    auth: str


def send(address, said, *, topic="", urgency="normal"):
    """What became of it: delivered, gone (the browser will never hear it) or failed (perhaps later). Never raises."""
    try:
        status = _hand_over(address, said, topic, urgency)
    except (*FAILURES, ValidationError):
        return FAILED
    if status in (404, 410):
        return GONE
    return DELIVERED if 200 <= status < 300 else FAILED  # a redirect is no delivery


def check_keys(p256dh, auth):
    """ValidationError unless a push could be encrypted with these."""
    try:
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), keys.decoded(p256dh))
        if len(keys.decoded(auth)) != 16:
            raise ValueError("A secret has sixteen bytes.")
    except (ValueError, TypeError) as error:
        raise ValidationError(_("These are no keys of a browser.")) from error


def sealed(address, said):
    """The words, readable by this browser alone."""
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
