"""The installation that is looked at: where its parts are, by the launcher's note or the defaults of a manual start."""

import os
from functools import cached_property
from pathlib import Path
from urllib.parse import unquote, urlsplit

from operations import proxied
from operations.redis_address import Address, place_of
from operations.start import folder
from operations.start.redis_choice import USUAL, noted_password

PROJECT = Path(__file__).resolve().parents[2]
START = "Start everything with ./start_prizmAI.sh (start_prizmAI.bat on Windows)."


class DjangoFails(Exception):
    """The settings or apps cannot be loaded, for this reason."""


class Place:
    def __init__(self, urls=(), data=None):
        """`data` is the data folder, where it is not the one of the environment."""
        chosen = data or os.environ.get("PRIZMAI_DATA") or PROJECT / "var"
        self.data = Path(chosen).expanduser().resolve()
        self.note = folder.noted(self.data) if folder.is_taken(self.data) else {}
        self.urls = list(urls) or [self.note.get("reachable_at", "http://127.0.0.1:8000")]
        self.redis_url = self._redis_url()

    @property
    def url(self):
        return self.urls[0]

    @property
    def is_launched(self):
        return bool(self.note)

    @property
    def how_to_start(self):
        """Nothing tells who started what the launcher did not."""
        services = (
            "Where systemd runs it, see `systemctl status prizmai-web`; in containers, `docker compose ps`."
        )
        return START if self.is_launched else f"{services} Elsewhere: {START}"

    def _redis_url(self):
        noted = self.note.get("redis", {})
        if noted.get("ours"):
            where = Address.parse(noted["url"])
            return f"redis://:{noted_password(self.data)}@{where.host}:{where.port}"
        return os.environ.get("REDIS_URL", "").strip() or noted.get("url") or USUAL

    @property
    def headers(self):
        """What to send along with each request to the web server."""
        origins = os.environ.get("ALLOWED_ORIGINS") or self.note.get("origins", "")
        return proxied.headers(self.url, {"ALLOWED_ORIGINS": origins})

    @property
    def host(self):
        """What the web server is called in those requests, without the port."""
        name = urlsplit(f"//{self.headers['Host']}" if "Host" in self.headers else self.url).hostname or ""
        return f"[{name}]" if ":" in name else name

    @cached_property
    def _why_not_django(self):
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kanban_board.settings")
        os.environ["PRIZMAI_DATA"] = str(self.data)
        os.environ["REDIS_URL"] = self.redis_url
        if "installation" in self.note:
            os.environ.setdefault("INSTALLATION", self.note["installation"])
        try:
            import django
            from django.apps import apps

            if not apps.ready:  # in a worker they are, and setting up anew would take its log from it
                django.setup()
        except Exception as error:  # anything at all: it is what the person has to hear of
            return f"{type(error).__name__}: {error}"
        return ""

    def need_django(self):
        """Load settings and apps, once; raises DjangoFails with the reason each time it is asked when that fails.

        They would make the data folder, and so an installation that nobody asked for.
        """
        if not self.data.is_dir():
            raise DjangoFails("there is no data folder")
        if self._why_not_django:
            raise DjangoFails(self._why_not_django)

    def secrets(self):
        """Everything that must never be shown."""
        found = {noted_password(self.data), *_passwords_of_redis(self.redis_url)}
        for name in ("REDIS_URL", "DATABASE_URL", "EMAIL_URL"):
            found |= _passwords(os.environ.get(name, ""))
        found |= {os.environ.get(name, "") for name in ("SECRET_KEY", "OIDC_CLIENT_SECRET")}
        return {secret for secret in found if secret}


def _passwords_of_redis(url):
    """As they are meant: of Redis, and of its Sentinels."""
    try:
        place = place_of(url)
    except ValueError:
        return {url}
    return {place.password, getattr(place, "own_password", "")}


def _passwords(url):
    """As it is written, and as it is meant."""
    try:
        written = urlsplit(url).password or ""
    except ValueError:
        return {url}
    return {written, unquote(written)}
