"""Restoring a backup, also while everything runs: what is open then is told that its history is another one now."""

import os
import tempfile
from pathlib import Path

from . import database
from .archive import unpack
from .making import VERSION, kept_secret
from .trouble import Trouble


def restore(path, *, force=False, sign_everybody_out=False):
    """Put the backup in the place of what is here; (its manifest, whether the secret key is another one now).

    Raises Trouble, and then nothing was changed, except that files may have been added to the media storage.
    """
    from django.conf import settings
    from django.core.management import call_command

    empty = database.is_empty()
    if not empty and not force:
        raise Trouble(
            "This installation is in use: restoring replaces everything in it. Add --force to do it."
        )
    sessions = "ended" if sign_everybody_out else "restored" if empty else "kept"
    with tempfile.TemporaryDirectory(dir=settings.DATA_FOLDER, prefix=".restore-") as folder:
        folder = Path(folder)
        manifest = unpack(Path(path).expanduser(), folder)
        _check(manifest)
        _lay_files(folder / "media")
        database.chosen().restore(folder / database.chosen().PART, sessions)
        changed = empty and _take_secret(folder / "secret_key", settings.DATA_FOLDER / "secret_key")
        if empty and (folder / "vapid_key").exists() and not os.environ.get("VAPID_PRIVATE_KEY"):
            os.replace(folder / "vapid_key", settings.DATA_FOLDER / "vapid_key")
    call_command("migrate", interactive=False, verbosity=0)  # a backup may be of an older version
    return manifest, changed


def _check(manifest):
    from django.db import connection

    if manifest.get("product") != "PrizmAI Messaging" or manifest.get("version") != VERSION:
        raise Trouble("This archive is of another product, or of a version this one does not know.")
    if manifest["database"] != connection.vendor:
        raise Trouble(
            f"The backup is of {manifest['database']}, and this installation is on {connection.vendor}: "
            "restore it into one with the same kind of database."
        )
    if unknown := _unknown_migrations(manifest["migrations"]):
        raise Trouble(
            f"The backup is of a newer version of the product (it knows {unknown}). Update this one first."
        )


def _unknown_migrations(applied):
    from django.db.migrations.loader import MigrationLoader

    known = MigrationLoader(None).disk_migrations
    return ", ".join(f"{app}.{name}" for app, name in applied if (app, name) not in known)


def _lay_files(folder):
    """Before the rows that name them. A file's name is random and its content never changes: what is there is it."""
    from django.core.files import File
    from django.core.files.storage import default_storage

    for file in folder.rglob("*"):
        if not file.is_file():
            continue
        name = file.relative_to(folder).as_posix()
        if default_storage.exists(name) and default_storage.size(name) == file.stat().st_size:
            continue
        default_storage.delete(name)
        with file.open("rb") as content:
            default_storage.save(name, File(content))


def _take_secret(restored, ours):
    """The key that signed what was restored; an installation in use keeps its own. Whether ours is another one now."""
    if not restored.exists() or os.environ.get("SECRET_KEY"):
        return False
    if kept_secret() and ours.read_bytes() == restored.read_bytes():
        return False
    os.replace(restored, ours)
    return True
