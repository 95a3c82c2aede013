"""Settings, read top to bottom. Each environment variable is asked for once, with its sentence."""

import sys
from pathlib import Path
from urllib.parse import urlsplit

from csp.constants import NONCE, NONE, SELF

from accounts.single_sign_on.configured import SignOn, checked
from operations.start.folder import address_in

from . import environment, origins
from .database import FILE, kept_at, sqlite_at
from .languages import ENGLISH, found_in
from .log_lines import AS_LINES
from .mail import leaving_by
from .redis import reached_at

BASE_DIR = Path(__file__).resolve().parent.parent

# -- The environment ---------------------------------------------------------------------------------------------

# Where everything that is not code lives: database, files, secret key, logs.
DATA_FOLDER = environment.folder("PRIZMAI_DATA", BASE_DIR / "var")

# Signs sessions and links. Made on the first start and kept in the data folder.
SECRET_KEY = environment.secret("SECRET_KEY", kept_in=DATA_FOLDER / "secret_key")

# Shows tracebacks in the browser: for developers, never on a server others can reach.
DEBUG = environment.flag("DEBUG")

# Full origins (scheme://host[:port]) that pages may come from besides the server's own, comma-separated.
# With an https one the site is taken to be behind TLS: secure cookies, HSTS and a redirect from http.
ALLOWED_ORIGINS = origins.several("ALLOWED_ORIGINS")

# Host names this server answers to, comma-separated.
ALLOWED_HOSTS = environment.words(
    "ALLOWED_HOSTS",
    ",".join(["localhost", "127.0.0.1", "[::1]", *(urlsplit(o).hostname or "" for o in ALLOWED_ORIGINS)]),
)

# SQLite in the data folder, or postgres://user:password@host/name.
DATABASE_URL = environment.text("DATABASE_URL", sqlite_at(DATA_FOLDER / FILE))

# The Redis (or Valkey) that carries hints between processes and jobs to Celery: redis://, rediss://, unix:// or
# redis+sentinel://host:26379,host:26379/name.
REDIS_URL = environment.text("REDIS_URL", "redis://127.0.0.1:6379").rstrip("/")
REDIS = reached_at(REDIS_URL)

# What sets this installation apart from others on the same Redis: letters, digits, "-" and "_". All its processes must
# agree on it. As long as it is not given, the same SECRET_KEY means the same installation.
INSTALLATION = environment.name("INSTALLATION", made_from=SECRET_KEY)

# Who knows this may read /metrics from anywhere, with `Authorization: Bearer`; without it, only this machine may.
METRICS_TOKEN = environment.text("METRICS_TOKEN")

# The zone of pages for people who chose none.
TIME_ZONE = environment.text("TIME_ZONE", "UTC")

# The language of what is said to everybody, and of pages for people whose browser asks for none that there is.
LOCALE_PATHS = [BASE_DIR / "locale"]
LANGUAGES = found_in(BASE_DIR / "locale")
LANGUAGE_CODE = environment.choice("SITE_LANGUAGE", "", *dict(LANGUAGES)) or ENGLISH

# How mail leaves: by smtp://user:password@host:587, or smtps:// for TLS from the start. By console:// none does, except
# into a developer's terminal: with DEBUG it is printed.
EMAIL_URL = environment.text("EMAIL_URL") or "console://"
MAIL = leaving_by(EMAIL_URL)

# Who mail is from.
DEFAULT_FROM_EMAIL = environment.text("DEFAULT_FROM_EMAIL", "PrizmAI <prizmai@localhost>")

# Where links lead to: this, or the first allowed origin, or where the launcher runs the server.
PUBLIC_URL = next(
    filter(None, [origins.one("PUBLIC_URL"), *ALLOWED_ORIGINS, address_in(DATA_FOLDER)]),
    "http://localhost:8000",
)

# The private key by which push services know this installation (P-256, base64url). Made on the first start and kept in
# the data folder; several machines of one installation must have the same.
VAPID_PRIVATE_KEY = environment.secret(
    "VAPID_PRIVATE_KEY", kept_in=DATA_FOLDER / "vapid_key", make=environment.signing_key
)

# Hosts of push services besides those of the makers of browsers, comma-separated; their subdomains are meant too.
PUSH_SERVICES = environment.words("PUSH_SERVICES")

# Days for which the audit log keeps an entry, and the address and browser in it; 0: for ever.
AUDIT_DAYS = environment.whole("AUDIT_DAYS", 365)

# Hosts inside your own network to which webhooks may go, also without encryption, comma-separated; with the port where
# it is none of 80 and 443, as ci.example.lan:8080.
WEBHOOK_HOSTS = environment.words("WEBHOOK_HOSTS")

# Single sign-on by OpenID Connect: the address of the issuer, as it writes it itself, and what it gave to this server.
OIDC = checked(
    SignOn(
        issuer=environment.text("OIDC_ISSUER"),
        client_id=environment.text("OIDC_CLIENT_ID"),
        client_secret=environment.text("OIDC_CLIENT_SECRET"),
        # What people call it: the button says "Sign in with ...".
        name=environment.text("OIDC_NAME") or "single sign-on",
        # Whose addresses come in by it: everybody's, or those of these domains, comma-separated.
        domains=tuple(domain.lower() for domain in environment.words("OIDC_DOMAINS")),
        # Makes an account for whoever it vouches for and has none.
        takes_newcomers=environment.flag("OIDC_SIGN_UP"),
        # Links an account that has the same address, confirmed here too, without asking for its password once.
        links_at_once=environment.flag("OIDC_LINK_AT_ONCE"),
        # Nobody signs in by a password any more.
        is_only_way=environment.flag("OIDC_ONLY"),
    )
)

# Who must set up a second factor before anything else: nobody, "administrators" or "all".
REQUIRE_TWO_FACTOR = environment.choice("REQUIRE_TWO_FACTOR", "", "administrators", "all")

# Whether pages that messages link to are looked at, to show what they are about.
LINK_PREVIEWS = environment.flag("LINK_PREVIEWS", default=True)

# The only types of files that are taken, by the ends of their names, comma-separated, as pdf,png,jpg; without it any.
FILE_TYPES = [ending.lower().removeprefix(".") for ending in environment.words("FILE_TYPES")]

FILES = {
    # Gigabytes kept of one person's files; 0: as much as they like.
    "gb_per_person": environment.number("FILES_GB_PER_PERSON", 10),
    # ... and of everybody's; 0: until the disk is full.
    "gb_in_all": environment.number("FILES_GB_IN_ALL", 0),
}

RETENTION = {
    # Days for which what is said is kept, where neither a room nor its board wishes otherwise; 0: for ever.
    "days": environment.whole("RETENTION_DAYS", 0),
    # The least that they may wish; 0: any.
    "least": environment.whole("RETENTION_LEAST_DAYS", 0),
    # The most that they may wish, and that anything is kept; 0: for ever.
    "most": environment.whole("RETENTION_MOST_DAYS", 0),
}

# Lifts the posting limits and allows `manage.py crowd`: for load tests only.
LOADTEST = environment.flag("PRIZMAI_LOADTEST")

PUSH_TO_LOOPBACK = False  # for tests alone, which have a push service of their own on this machine
PREVIEWED_FOR_TESTS = []  # for tests alone: hosts with their ports, such as a site of their own on this machine

HTTPS = any(origin.startswith("https://") for origin in ALLOWED_ORIGINS)

# -- Apps and pages ----------------------------------------------------------------------------------------------

INSTALLED_APPS = [
    # First, so that even `manage.py runserver` serves WebSockets; other processes need not load Twisted.
    *(["daphne"] if sys.argv[1:2] == ["runserver"] else []),
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "live",
    "accounts",
    "boards",
    "messaging",
    "operations",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "kanban_board.compression.CompressedPages",
    "kanban_board.staticfiles.cache_for_ever",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "kanban_board.control_characters.refuse_control_characters",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.middleware.RefusalsAreNoted",  # before the one for CSRF, whose refusals count too
    "accounts.middleware.NothingStaysBehind",
    "accounts.middleware.KeysAreNotPassedOn",
    "accounts.middleware.AskersAreKnown",
    "messaging.offline.says_whose_it_is",
    "django.middleware.csrf.CsrfViewMiddleware",
    "accounts.middleware.OwnLanguage",  # before the one for notices, which says them on the way out
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "accounts.middleware.OwnTimeZone",
    "accounts.middleware.SecondFactorFirst",
]

ROOT_URLCONF = "kanban_board.urls"
ASGI_APPLICATION = "kanban_board.asgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["django.templatetags.i18n", "kanban_board.icons", "kanban_board.avatars"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "messaging.context.notices",
                "messaging.context.sidebar",
            ],
        },
    }
]

STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": DATA_FOLDER / "media"},
    },
    "staticfiles": {"BACKEND": "kanban_board.staticfiles.HashedStaticFilesStorage"},
}
# Nobody else on the machine reads them: this server hands them out itself.
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700
WHITENOISE_USE_FINDERS = True  # served straight from the folders: nothing to collect
WHITENOISE_AUTOREFRESH = DEBUG

USE_TZ = True

# -- Data --------------------------------------------------------------------------------------------------------

DATABASES = {"default": kept_at(DATABASE_URL)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CHANNEL_LAYERS = {
    "default": {
        "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
        "CONFIG": {
            "hosts": [
                {
                    **REDIS.layer,
                    "socket_timeout": 0.5,
                    "socket_connect_timeout": 0.5,
                    "health_check_interval": 5,
                }
            ],
            "prefix": f"prizmai-{INSTALLATION}",
        },
    },
}

# -- People ------------------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
PEOPLE_SEEN = "messaging.policy.seen_by"  # whose pictures a person may see, as a query
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_RATE_LIMITS = {
    "confirm_email": "5/h/key",  # letters to confirm one address, those that did not leave too;
    "join": "30/m/ip",  # tries at coming in by an invite link ...
    "second_step": "30/m/ip",  # ... at the code of a second factor ...
    "single_sign_on": "30/m/ip",  # ... and at the issuer;
    "appearance": "20/m/user",  # changes of what others see of one; the others are allauth's
}
SOCIALACCOUNT_ADAPTER = "accounts.single_sign_on.adapter.SignOnAdapter"
MFA_ADAPTER = "accounts.adapter.SecondFactorAdapter"
MFA_ALLOW_UNVERIFIED_EMAIL = True  # who has a second factor may have no address, and may still add one
ACCOUNT_SESSION_REMEMBER = True
PASSWORD_RESET_TIMEOUT = 24 * 3600  # seconds; of links that are mailed, and of an administrator's
ACCOUNT_FORMS = {"user_token": "accounts.actions.password_keys.KeyForm"}
ACCOUNT_LOGOUT_ON_GET = False
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/messaging/"
ACCOUNT_LOGOUT_REDIRECT_URL = "/accounts/login/"

SESSION_ENGINE = "accounts.sessions.store"
SESSION_COOKIE_AGE = 14 * 24 * 3600
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_HTTPONLY = True

# -- What a browser is told --------------------------------------------------------------------------------------

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:", "blob:"],
        "worker-src": [SELF],
        "manifest-src": [SELF],
        "connect-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_REFERRER_POLICY = "same-origin"
CSRF_TRUSTED_ORIGINS = ALLOWED_ORIGINS
CSRF_COOKIE_HTTPONLY = True
if HTTPS:
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-sessionid", "__Host-csrftoken"
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    ALLAUTH_TRUSTED_PROXY_COUNT = 1  # who signs in is told apart by the address that the proxy gives
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = ["^healthz$", "^readyz$", "^metrics$"]
    SECURE_HSTS_SECONDS = 365 * 24 * 3600  # of this name alone: others below it may be without TLS
    SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]  # which want it said of all of them

# -- The live line -----------------------------------------------------------------------------------------------

LIVE = {
    "heartbeat": 25,  # seconds between a client's pings
    "message_limit": 8_000,  # characters of one message
    "frame_limit": 65_536,  # bytes of one incoming frame
    "frames_per_second": 30,  # of one socket
    "posts_per_second": 5,  # of one person over all tabs
    "posts_burst": 20,
    "unsent_limit": 1_048_576,  # bytes one socket may lag behind
    "catch_up_limit": 1_000,  # changes sent on a resume; beyond it the client is told to load anew
    "poll": 1.0,  # seconds between looks at the revisions
    "poll_degraded": 0.25,  # the same while Redis is away
    "layer_timeout": 0.5,  # seconds any one call of the channel layer may take
    "probe": 1.0,  # seconds between probes of the channel layer
    "people": "accounts.sessions.opening.people_of",  # {session key: person} of those who may open a line
    "sessions": "accounts.sessions.validity.still_valid",  # {session key: user id} of those that still stand
    "diary": "operations.health.keeping.keep",  # given what each process writes down of itself
    "seen": "accounts.sessions.validity.note_seen",  # told of the session keys that are connected, once a minute
    "arrivals_at_once": 32,  # sockets let in by one trip to the database; the others wait in the order they came
    "arrivals_waiting": 5_000,  # ... at most; who comes then is asked to come again (1013)
    "arrival_patience": 15.0,  # seconds one waits
    "reading_threads": 4,
    "writing_threads": 4,
}

if LOADTEST:
    LIMITS = "frames_per_second", "posts_per_second", "posts_burst"
    LIVE |= dict.fromkeys(LIMITS, 1_000_000)

# -- Jobs --------------------------------------------------------------------------------------------------------

CELERY_BROKER_URL = REDIS.broker
CELERY_TASK_IGNORE_RESULT = True
CELERY_RESULT_EXPIRES = None  # so beat asks nobody to sweep up
CELERY_TASK_ACKS_LATE = True
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None  # Redis may be away for as long as it likes
CELERY_BROKER_CHANNEL_ERROR_RETRY = True  # or refuse everything, as one does that is a replica for now
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "global_keyprefix": f"prizmai-{INSTALLATION}:",
    "socket_timeout": 5,
    "socket_connect_timeout": 2,
    **REDIS.broker_options,
}
CELERY_TASK_DEFAULT_QUEUE = f"prizmai-{INSTALLATION}"
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BEAT_SCHEDULER = "kanban_board.scheduler:Scheduler"
CELERY_BEAT_SCHEDULE_FILENAME = str(DATA_FOLDER / "beat-schedule")
CELERY_TIMEZONE = TIME_ZONE

EMAIL_BACKEND = MAIL.backend(is_for_developers=DEBUG)
EMAIL_HOST, EMAIL_PORT = MAIL.host, MAIL.port
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = MAIL.username, MAIL.password
EMAIL_USE_SSL, EMAIL_USE_TLS = MAIL.scheme == "smtps", MAIL.starts_tls
EMAIL_TIMEOUT = 10

# -- Logs --------------------------------------------------------------------------------------------------------

LOGGING = AS_LINES
