"""Which links of a message are previewed: the first few that lead to other servers."""

from urllib.parse import urlsplit

from django.conf import settings
from django.http.request import validate_host

MOST = 3  # of one message
LONGEST = 1000  # characters


def links_to_preview(parsed):
    """The URLs to preview of a parsed text, in its order."""
    if not settings.LINK_PREVIEWS:
        return []
    return list(dict.fromkeys(url for url in parsed.links if _is_elsewhere(url)))[:MOST]


def _is_elsewhere(url):
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    is_page = parts.scheme in ("http", "https") and bool(parts.hostname) and len(url) <= LONGEST
    return is_page and not _is_ours(parts)


def _is_ours(parts):
    """Whether this split URL leads to this installation, by any of its names."""
    if parts.netloc in settings.PREVIEWED_FOR_TESTS:
        return False
    names = [name for name in settings.ALLOWED_HOSTS if name != "*"]
    named = {urlsplit(origin).hostname for origin in (settings.PUBLIC_URL, *settings.ALLOWED_ORIGINS)}
    return validate_host(parts.hostname, names) or parts.hostname in named
