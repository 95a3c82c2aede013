"""Do the settings say what the live line needs: ASGI application, channel layer, hosts, origins?"""

from urllib.parse import urlsplit

from .finding import well, wrong

NAME = "Settings"
APPLICATION = "kanban_board.asgi.application"


def check(place):
    place.need_django()
    found = [*_application(), *_all_but_the_application(place)]
    yield from found or [
        well(NAME, "ASGI application, channel layer, hosts and origins are as they should be.")
    ]


def check_in_a_worker(place):
    """Loading the application would set up logs and memory as a web server has them."""
    found = list(_all_but_the_application(place))
    yield from found or [well(NAME, "Channel layer, hosts and origins are as they should be.")]


def _all_but_the_application(place):
    yield from (*_layer(), *_hosts(place), *_origins(), *_public_url(), *_database(place))


def _application():
    from django.conf import settings
    from django.utils.module_loading import import_string

    cure = f'Set ASGI_APPLICATION = "{APPLICATION}" in kanban_board/settings.py, as it was delivered.'
    name = getattr(settings, "ASGI_APPLICATION", None)
    if not name:
        yield wrong(NAME, "ASGI_APPLICATION is not set, so no server can serve WebSockets.", cure)
        return
    try:
        application = import_string(name)
    except Exception as error:  # whatever a module may raise while it is imported
        yield wrong(NAME, f"ASGI_APPLICATION names {name}, which cannot be loaded ({error}).", cure)
        return
    if "websocket" not in getattr(application, "application_mapping", {}):
        yield wrong(NAME, f"ASGI_APPLICATION names {name}, which has no door for WebSockets.", cure)


def _layer():
    from django.conf import settings

    cure = "Use channels_redis.pubsub.RedisPubSubChannelLayer, as kanban_board/settings.py was delivered."
    layers = getattr(settings, "CHANNEL_LAYERS", {})
    if "default" not in layers:
        yield wrong(NAME, "CHANNEL_LAYERS has no default: processes cannot tell each other anything.", cure)
    elif "InMemory" in layers["default"].get("BACKEND", ""):
        yield wrong(NAME, "CHANNEL_LAYERS is in memory: only one process hears what is said.", cure)


def _hosts(place):
    from django.conf import settings
    from django.http.request import validate_host

    if "*" in settings.ALLOWED_HOSTS:
        yield wrong(
            NAME, "ALLOWED_HOSTS is *: any name is believed.", "List the names people use in ALLOWED_HOSTS."
        )
    if place.is_launched:
        return  # it was started with hosts of its own; the web server itself is asked below
    host = place.host
    if not validate_host(host, settings.ALLOWED_HOSTS):
        longer = ",".join([*settings.ALLOWED_HOSTS, host])
        yield wrong(NAME, f"ALLOWED_HOSTS does not hold {host}.", f"Add it: ALLOWED_HOSTS={longer}")


def _origins():
    from django.conf import settings

    for origin in settings.ALLOWED_ORIGINS:
        parts = urlsplit(origin)
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.path or parts.query:
            yield wrong(
                NAME,
                f"ALLOWED_ORIGINS holds {origin}, which is no origin: no browser will ever send that.",
                "Write scheme, host and, if it is not the usual one, port: https://chat.example.org",
            )


def _public_url():
    from django.conf import settings

    from kanban_board.origins import is_origin

    if not is_origin(settings.PUBLIC_URL):
        yield wrong(
            NAME,
            f"PUBLIC_URL is {settings.PUBLIC_URL}, which is no origin: links in letters lead nowhere.",
            "Write what people open, without a path: https://chat.example.org",
        )


def _database(place):
    from operations.start.preparing import database_in_words

    noted = place.note.get("database")
    if noted and noted != database_in_words():
        yield wrong(
            NAME,
            f"The installation runs on another database ({noted}) than this terminal knows of ({database_in_words()}).",
            "Run the diagnostic with the same DATABASE_URL as the launcher.",
        )
