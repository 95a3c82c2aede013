"""Restoring a backup, also while everything runs: what is open then is told that its history is another one now."""

import os
from pathlib import Path

from django.conf import settings
from django.core.files import File
from django.core.files.storage import default_storage
from django.db import connection

from . import ages, database, moving, signs_of_life, sqlite
from .archive import unpack
from .making import VERSION, kept_secret
from .meanwhile import folder_at
from .trouble import Trouble


def restore(path, *, force=False, sign_everybody_out=False):
    """Put the backup in the place of what is here; (its manifest, whether the secret key is another one now).

    Raises Trouble, and then everything is as it was, except that files may have been added to the media storage.
    """
    from messaging.actions.files.shrinking import make_lost_ones_anew

    empty = database.is_empty()
    if not empty and not force:
        raise Trouble(
            "This installation is in use: restoring replaces everything in it. Add --force to do it."
        )
    sessions = "ended" if sign_everybody_out else "restored" if empty else "kept"
    with folder_at(settings.DATA_FOLDER / ".restore") as folder:
        manifest = unpack(Path(path).expanduser(), folder)
        _check(manifest, empty)
        if sessions == "kept" and ages.is_behind():
            raise Trouble(
                "This installation has not been updated itself: run `manage.py migrate` first, "
                "or add --sign-everybody-out."
            )
        _lay_files(folder / "media")
        with signs_of_life.staying():
            if manifest["database"] == connection.vendor:
                _replace(folder, manifest["migrations"], sessions, empty)
            else:
                moving.move(folder / sqlite.PART, sessions)
        changed = empty and _take_secret(folder / "secret_key", settings.DATA_FOLDER / "secret_key")
        if empty and (folder / "vapid_key").exists() and not os.environ.get("VAPID_PRIVATE_KEY"):
            os.replace(folder / "vapid_key", settings.DATA_FOLDER / "vapid_key")
        make_lost_ones_anew()  # older backups tell of smaller pictures and do not hold them
    return manifest, changed


def _replace(folder, applied, sessions, empty):
    """A backup may be of an older version. When it cannot be brought up to this one, what was here is put back."""
    from accounts.models import Session

    kind, before = database.chosen(), folder / "before"
    kept = not empty and not ages.is_of_today(applied)
    if kept:
        kind.dump(before)
    kind.restore(folder / kind.PART, sessions, ages.columns(Session, applied))
    try:
        ages.bring_up()
    except Exception as error:
        if kept:
            kind.restore(before, "restored")
        told = str(error).strip().partition("\n")[0] or type(error).__name__
        raise Trouble(
            f"The backup is of an older version, and bringing it up to this one failed ({told}). "
            + ("Everything is as it was. " if kept else "Nobody can use this installation yet. ")
            + "Restore it into the version it is of, update that one, and make another backup."
        ) from error


def _check(manifest, empty):
    if manifest.get("product") != "PrizmAI Messaging" or manifest.get("version") != VERSION:
        raise Trouble("This archive is of another product, or of a version this one does not know.")
    kinds = manifest["database"], connection.vendor
    if kinds == ("sqlite", "postgresql") and not empty:
        raise Trouble(
            "A backup of SQLite is moved only into a PostgreSQL that nobody uses yet: give it an empty one."
        )
    if kinds[0] != kinds[1] and kinds != ("sqlite", "postgresql"):
        raise Trouble(
            f"The backup is of {kinds[0]}, and this installation is on {kinds[1]}: "
            "restore it into one with the same kind of database."
        )
    if unknown := ages.unknown(manifest["migrations"]):
        raise Trouble(
            f"The backup is of a newer version of the product (it knows {unknown}). Update this one first."
        )


def _lay_files(folder):
    """Before the rows that name them. A file's name is random and its content never changes: what is there is it."""
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
