"""The settings of the usual chat, as a guide gives them."""

import os

SECRET_KEY = "the bench is the only one who ever talks to it"  # noqa: S105
ALLOWED_HOSTS = ["*"]
INSTALLED_APPS = [
    "daphne",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "channels",
    "tests.bench.peers.usual",
]
MIDDLEWARE = []
ROOT_URLCONF = "tests.bench.peers.usual.routing"
ASGI_APPLICATION = "tests.bench.peers.usual.asgi.application"
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": os.environ["USUAL_DATABASE"]}}
CHANNEL_LAYERS = {
    "default": {
        "BACKEND": "channels_redis.core.RedisChannelLayer",
        "CONFIG": {"hosts": [os.environ["REDIS_URL"]]},
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
