"""What is sent is signed, so that whoever gets it knows from whom it is, and when it was sent.

As https://www.standardwebhooks.com has it, the id of the delivery and the time are signed with the body: neither can be
put on another one, and what was sent long ago can be told from what is sent now.
"""

import hashlib
import hmac
import time


def headers_of(delivery, event, body):
    """`body` is bytes. A retry has the same id, and another time."""
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
