"""The age of a database is which migrations it has had: a backup's may be older than ours, and never newer."""

from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader


def unknown(applied):
    """Those of these [app, name] that this version does not know, as words."""
    known = _loader().disk_migrations
    return ", ".join(f"{app}.{name}" for app, name in applied if (app, name) not in known)


def is_of_today(applied):
    return _loader().disk_migrations.keys() <= {(app, name) for app, name in applied}


def is_behind():
    """Whether the database that is here lacks a migration."""
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def columns(model, applied):
    """Those of its table when these [app, name] were all the migrations; none before there was one."""
    app, loader = model._meta.app_label, _loader()
    nodes = [node for node in map(tuple, applied) if node[0] == app and node in loader.disk_migrations]
    if not nodes:
        return []
    try:
        was = loader.project_state(nodes).apps.get_model(app, model._meta.model_name)
    except LookupError:
        return []
    return [field.column for field in was._meta.fields]


def bring_up():
    call_command("migrate", interactive=False, verbosity=0)


def _loader():
    return MigrationLoader(None)
