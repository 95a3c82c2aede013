"""The key pair with which this installation identifies itself to push services (VAPID, RFC 8292)."""

import base64
import json
import time
from email.utils import parseaddr
from functools import lru_cache
from urllib.parse import urlsplit

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from django.conf import settings

GOOD_FOR = 12 * 3600  # seconds; push services accept at most a day


def public_key():
    """The public key for a browser that subscribes: the uncompressed point in base64url."""
    point = (
        _private_key()
        .public_key()
        .public_bytes(serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)
    )
    return encoded(point)


def authorization(endpoint):
    """The Authorization header of a push to this endpoint."""
    return f"vapid t={_token(endpoint)}, k={public_key()}"


def encoded(data):
    """base64url without padding."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def decoded(text):
    """The bytes of base64url, with or without padding; ValueError for anything else."""
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)


def _token(endpoint):
    url = urlsplit(endpoint)
    claims = {
        "aud": f"{url.scheme}://{url.netloc}",
        "exp": int(time.time()) + GOOD_FOR,
        "sub": _contact(),
    }
    parts = [{"typ": "JWT", "alg": "ES256"}, claims]
    words = ".".join(encoded(json.dumps(part, separators=(",", ":")).encode()) for part in parts)
    return f"{words}.{encoded(_signature(words.encode()))}"


def _signature(words):
    r, s = decode_dss_signature(_private_key().sign(words, ec.ECDSA(hashes.SHA256())))
    return r.to_bytes(32) + s.to_bytes(32)


def _contact():
    """How a push service can contact the host of this installation."""
    if settings.PUBLIC_URL.startswith("https://"):
        return settings.PUBLIC_URL
    return f"mailto:{parseaddr(settings.DEFAULT_FROM_EMAIL)[1]}"


def _private_key():
    return _read(settings.VAPID_PRIVATE_KEY)


@lru_cache(maxsize=2)
def _read(text):
    return ec.derive_private_key(int.from_bytes(decoded(text)), ec.SECP256R1())
