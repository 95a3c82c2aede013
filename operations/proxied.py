"""What a request brings along that came through a proxy with TLS: a server behind one wants to see that."""

import os
from urllib.parse import urlsplit


def headers(url, environment=os.environ):
    """Headers for asking the web server at `url` directly, past the proxy; {} where there is none to pass by."""
    origins = [origin.strip().rstrip("/") for origin in environment.get("ALLOWED_ORIGINS", "").split(",")]
    secure = next((origin for origin in origins if origin.startswith("https://")), None)
    if secure is None or not url.startswith("http://"):
        return {}
    return {"X-Forwarded-Proto": "https", "Host": urlsplit(secure).netloc, "Origin": secure}
