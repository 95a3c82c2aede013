"""Does the database answer, is it new enough, and has it all the tables of this version?"""

from .finding import well, wrong

NAME = "Database"


def check(place):
    place.need_django()
    from django.db import DatabaseError, connection
    from django.db.migrations.executor import MigrationExecutor

    try:
        executor = MigrationExecutor(connection)
        missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError as error:
        told = str(error).strip().splitlines() or [type(error).__name__]
        yield wrong(NAME, f"It cannot be used: {told[0]}", _cure_of(error))
        return
    finally:
        connection.close()
    if missing:
        names = ", ".join(sorted({migration.app_label for migration, _ in missing}))
        cure = "Run `manage.py migrate`; the start script and the web unit do it by themselves."
        yield wrong(NAME, f"{len(missing)} migrations are missing (of {names}).", cure)
    else:
        yield well(NAME, f"Answers ({connection.vendor}), and all migrations are applied.")


def _cure_of(error):
    from django.db import NotSupportedError

    if isinstance(error, NotSupportedError):  # which the first connection raises of an old server
        return "Upgrade it: PostgreSQL 14 or newer is needed (docs/self-hosting.md)."
    return "Start it, or correct DATABASE_URL."


def trouble():
    """Why the database cannot be used for a trial, or ""."""
    from django.db import DatabaseError

    from operations.models import Heartbeat

    try:
        Heartbeat.objects.exists()
    except DatabaseError:
        return "the database cannot be used"
    return ""
