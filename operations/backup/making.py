"""Making a backup while everything runs: the database at one moment, then the files its rows name."""

import os
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import connection

from . import database
from .archive import Archive
from .meanwhile import folder_at

VERSION = 1  # of the archive's layout


def make(path):
    """Write the backup to `path`; its manifest. Raises Trouble, and OSError when the disk does not take it."""
    path = Path(path).expanduser().absolute()
    with (
        Archive(path) as archive,
        folder_at(path.with_name(f".backup-{path.name}")) as folder,
    ):
        kind = database.chosen()
        dump = folder / kind.PART
        facts, missing = _database_and_files(archive, kind, dump)
        _add_file(archive, kind.PART, dump)
        for secret in filter(None, [kept_secret(), kept_push_key()]):
            _add_file(archive, secret.name, secret)
        manifest = _manifest(facts, missing)
        archive.finish(manifest)
        return {**manifest, "parts": archive.parts}


def _database_and_files(archive, kind, dump):
    """Facts of a dump whose every file is in the archive, and those files that are not there at all.

    A file is laid down before its row and swept away before its row. So what a row of the dump names is there, unless
    it was swept away meanwhile: then a newer dump does not name it. What even that one names is lost, and is told.
    """
    missing = None
    while True:
        facts, before = kind.dump(dump), missing
        missing = [path for path, size in sorted(facts.files.items()) if not _has(archive, path, size)]
        if not missing or missing == before:
            return facts, missing


def _has(archive, path, size):
    name = f"media/{path}"
    if name not in archive.parts:
        try:
            there = default_storage.size(path)
            if size not in (None, there):
                return False
            with default_storage.open(path) as file:
                archive.add(name, file, there)
        except FileNotFoundError:
            return False
    return True


def _add_file(archive, name, path):
    with path.open("rb") as file:
        archive.add(name, file, path.stat().st_size)


def kept_secret():
    """The file with the secret key, when the data folder keeps it; None when it comes from the environment."""
    return _kept("secret_key", "SECRET_KEY")


def kept_push_key():
    """The same of the key that push services know us by: with another one, every browser would have to ask anew."""
    return _kept("vapid_key", "VAPID_PRIVATE_KEY")


def _kept(name, variable):
    path = settings.DATA_FOLDER / name
    return path if path.exists() and not os.environ.get(variable) else None


def _manifest(facts, missing):
    return {
        "product": "PrizmAI Messaging",
        "version": VERSION,
        "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "database": connection.vendor,
        "counts": facts.counts,
        "migrations": facts.migrations,
        "missing": missing,
    }
