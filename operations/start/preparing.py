"""Before anything starts: the database is brought up to date, and there is somebody who can sign in."""

import errno
import io
import sys

from operations.database_cures import cure_of, first_line

from .options import LOOPBACK
from .sorry import Sorry


def load_django():
    """Load settings and apps from os.environ; raises Sorry with the reason when they cannot be."""
    try:
        import django

        django.setup()
    except ModuleNotFoundError as error:
        cure = "Begin with ./start_prizmAI.sh, which installs it, or with the Python in .venv."
        raise Sorry(f"The package {error.name} is missing from {sys.executable}.", cure) from error
    except OSError as error:
        raise Sorry(
            f"The settings cannot be read: {error}.", "See to the rights of the data folder."
        ) from error
    except Exception as error:
        if type(error).__name__ != "ImproperlyConfigured" and not isinstance(error, ValueError):
            raise
        raise Sorry(
            f"The settings cannot be used: {error}", "Correct that variable and start again."
        ) from error


def database_in_words():
    """Which database this is, without its password: "sqlite /home/ada/var/prizmai.sqlite3"."""
    from django.db import connection

    chosen = connection.settings_dict
    host = f"{chosen['HOST']}:{chosen['PORT'] or 'usual port'}/" if chosen.get("HOST") else ""
    return f"{connection.vendor} {host}{chosen['NAME']}"


def mail_in_words():
    """By which server mail leaves, without name and password: "Leaves by smtp://mail.example.org:587, encrypted." """
    from django.conf import settings

    if not settings.MAIL.has_server:
        return "Is not set up: no letters and no links for a new password leave. EMAIL_URL names a server for them."
    return f"Leaves by {settings.MAIL}, {'encrypted' if settings.MAIL.is_encrypted else 'not encrypted'}."


def installation():
    """What sets this installation apart from others on the same Redis."""
    from django.conf import settings

    return settings.INSTALLATION


def migrate():
    """Apply what is missing; returns how many migrations that were."""
    from django.core.management import call_command
    from django.db import DatabaseError, connection
    from django.db.migrations.executor import MigrationExecutor

    try:
        executor = MigrationExecutor(connection)
        missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
        if missing:
            call_command("migrate", interactive=False, verbosity=0, stdout=io.StringIO())
        return len(missing)
    except DatabaseError as error:
        raise _sorry(error, connection) from error
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise Sorry(
                "There is no room left on the disk of the database.", "Free some space there."
            ) from error
        raise


def welcome(options):
    """The lines that tell how to sign in; where nobody can yet, makes the demo or the first link."""
    from django.db import DatabaseError, connection

    try:
        return _welcome(options)
    except DatabaseError as error:
        raise _sorry(error, connection) from error
    finally:
        connection.close()


def _welcome(options):
    from django.conf import settings

    from accounts.models import User
    from operations import demo

    is_ours_alone = options.on_loopback and not _has_other_names()
    if is_ours_alone and options.demo and not User.objects.exists():
        demo.make()
    if demo.is_open():
        if not is_ours_alone:
            raise Sorry(
                "This data folder holds the demo, whose password everyone knows: it must not be reachable by others.",
                "Start on a folder of its own (--data DIR), or deactivate or rename the demo people first.",
            )
        return [f"Sign in as {demo.NAMES} with the password {demo.PASSWORD}."]
    if not User.objects.filter(is_superuser=True).exists():
        from accounts.signing_in.first_admin import make_link

        return [
            "Nobody can sign in yet. This link, good for one use, makes the first administrator:",
            make_link(settings.PUBLIC_URL),
        ]
    return []


def _has_other_names():
    """Whether a proxy may lead others to us, although we listen on loopback only."""
    from urllib.parse import urlsplit

    from django.conf import settings

    names = {*settings.ALLOWED_HOSTS, *(urlsplit(origin).hostname for origin in settings.ALLOWED_ORIGINS)}
    return bool(names - {*LOOPBACK, "[::1]"})


def _sorry(error, connection):
    where = connection.settings_dict.get("HOST") or "this machine"
    cure = cure_of(error, connection.vendor)
    return Sorry(f"The database on {where} cannot be used: {first_line(error)}", f"{cure} Then start again.")
