"""What a restore changes of what it restores: every history is another one now, and who is signed in is decided anew.

As SQL that SQLite and PostgreSQL both understand, so that it happens in the very transaction of the restore.
"""

from django.apps import apps


def changes_after(sessions, before="", columns=()):
    """Statements to run on the restored tables. `before` is what stands before a table's name as it was until now.

    `columns` are those of a session that the restored state knows: it may be of an older version.

    `sessions` is "restored": as in the backup, for an empty installation; "kept": who is signed in now stays so, unless
    the restored state knows them by another name or password, and nobody who signed out since is signed in again; or
    "ended": nobody is signed in.
    """
    yield from _new_epochs()
    if sessions != "restored":
        yield f"DELETE FROM {_table('session')}"
    if sessions == "kept":
        yield _keep_sessions(before, columns)


def _new_epochs():
    from boards.models import Board
    from messaging.models import Conversation

    for noun in (Board, Conversation):
        yield f"UPDATE {noun._meta.db_table} SET epoch = gen_random_uuid()"


def _keep_sessions(before, columns):
    user, session = _table("user"), _table("session")
    return f"""
        INSERT INTO {session} ({", ".join(columns)})
        SELECT {", ".join(f"now.{column}" for column in columns)} FROM {before}{session} AS now
        JOIN {before}{user} AS known ON known.id = now.user_id
        JOIN {user} AS restored ON restored.id = known.id
            AND restored.username = known.username AND restored.password = known.password
    """


def _table(name):
    return _model(name)._meta.db_table


def _model(name):
    return apps.get_model("accounts", name)
