"""Signing deliveries, so that the receiver can check who sent one, and when.

As in https://www.standardwebhooks.com, the id of the delivery and the time are signed together with the body: so
neither can be moved to another body, and an old delivery cannot be passed off as a new one.
"""

import hashlib
import hmac
import time


def headers_of(delivery, event, body):
    """The headers of a request that sends this delivery, with its signature. `body` is bytes.

    A retry has the same id and a new time.
    """
    at = int(time.time())
    return {
        "Content-Type": "application/json",
        "User-Agent": "PrizmAI-Webhook",
        "X-PrizmAI-Event": event,
        "X-PrizmAI-Delivery": str(delivery.key),
        "X-PrizmAI-Signature": f"t={at},v1={signature(delivery.hook.secret, delivery.key, at, body)}",
    }


def signature(secret, key, at, body):
    return hmac.new(secret.encode(), f"{key}.{at}.".encode() + body, hashlib.sha256).hexdigest()
