"""Does the database answer, is it new enough, and has it all the tables of this version?"""

from operations.database_cures import cure_of, first_line

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
        yield wrong(NAME, f"It cannot be used: {first_line(error)}", cure_of(error, connection.vendor))
        return
    finally:
        connection.close()
    if missing:
        names = ", ".join(sorted({migration.app_label for migration, _ in missing}))
        cure = "Run `manage.py migrate`; the start script and the web unit do it by themselves."
        count = f"{len(missing)} migration{'s are' if len(missing) > 1 else ' is'}"
        yield wrong(NAME, f"{count} missing (of {names}).", cure)
    else:
        yield well(NAME, f"Answers ({connection.vendor}), and all migrations are applied.")


def trouble():
    """Why the database cannot be used for a trial, or ""."""
    from django.db import DatabaseError

    from operations.models import Heartbeat

    try:
        Heartbeat.objects.exists()
    except DatabaseError:
        return "the database cannot be used"
    return ""
