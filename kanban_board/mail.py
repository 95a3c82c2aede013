"""How mail leaves: by the server that EMAIL_URL names, or not at all."""

from dataclasses import dataclass, field
from ipaddress import ip_address
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

HOW_TO_WRITE_IT = (
    "Write it as smtp://user:password@host:587, or with smtps:// for TLS from the start. "
    "In a name or password / ? # [ ] and % are written %2F %3F %23 %5B %5D and %25."
)
USUAL_PORT = {"smtp": 587, "smtps": 465}


@dataclass(frozen=True)
class Mail:
    """`scheme` is smtp, smtps or console; `starts_tls` is whether the line is encrypted before anything is said."""

    scheme: str
    host: str = ""
    port: int = 0
    username: str = ""
    password: str = field(default="", repr=False)
    starts_tls: bool = False

    def __str__(self):
        """The server as it may be shown: without name and password."""
        return f"{self.scheme}://{f'[{self.host}]' if ':' in self.host else self.host}:{self.port}"

    @property
    def has_server(self):
        return self.scheme in USUAL_PORT

    @property
    def is_encrypted(self):
        return self.starts_tls or self.scheme == "smtps"

    def backend(self, is_for_developers):
        """What sends, as Django names it. Only developers are shown letters: elsewhere the terminal is a log."""
        if self.has_server:
            return "django.core.mail.backends.smtp.EmailBackend"
        return (
            "django.core.mail.backends.console.EmailBackend"
            if is_for_developers
            else "accounts.mail.NoWayOut"
        )


def leaving_by(url):
    """The Mail of an EMAIL_URL; ImproperlyConfigured says what is wrong with it, and nothing of what it holds."""
    try:
        return _read(url)
    except ValueError as error:
        raise ImproperlyConfigured(f"EMAIL_URL cannot be read: {error}. {HOW_TO_WRITE_IT}") from None


def _read(url):
    parts, port = _split(url)
    if parts.scheme == "console":
        return Mail("console")
    if parts.scheme not in USUAL_PORT:
        raise ValueError("it begins with none of smtp://, smtps:// and console://")
    if not parts.hostname:
        raise ValueError("no host is named")
    if parts.path.strip("/") or parts.fragment or parts.query not in ("", "tls=no"):
        raise ValueError("more than ?tls=no follows the host and its port")
    return Mail(
        scheme=parts.scheme,
        host=parts.hostname,
        port=port or USUAL_PORT[parts.scheme],
        username=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        starts_tls=parts.scheme == "smtp" and not parts.query and not _is_here(parts.hostname),
    )


def _split(url):
    try:
        parts = urlsplit(url)
        return parts, parts.port
    except ValueError:  # whose own words could repeat a part of the password
        raise ValueError("it is no address, or its port no number from 1 to 65535") from None


def _is_here(host):
    """What goes to this machine itself can be read by nobody on the way, and no certificate is for such a name."""
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False
