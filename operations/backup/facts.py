"""The facts of a database at one moment: what a backup promises, and what a restore can check."""

from dataclasses import dataclass

from . import ages


@dataclass(frozen=True)
class Facts:
    """`counts` is {table: rows}, `migrations` [[app, name]], `files` {path in the media storage: bytes, or None where
    no row says how many}.
    """

    counts: dict
    migrations: list
    files: dict


def gather(ask, tables):
    """Facts by `ask(sql)`, which returns rows, all of one moment."""
    counts = {table: ask(f'SELECT count(*) FROM "{table}"')[0][0] for table in sorted(tables)}
    applied = [list(row) for row in ask("SELECT app, name FROM django_migrations ORDER BY app, name")]
    return Facts(counts, applied, {**_files(ask), **_pictures(ask, applied)})


def _pictures(ask, applied):
    """None of them as large as any row says."""
    return {**_smaller_pictures(ask, applied), **_faces(ask, applied), **_previews(ask, applied)}


def _files(ask):
    from messaging.models import Attachment

    kept = ask(f'SELECT key, size FROM "{Attachment._meta.db_table}"')
    return {Attachment(key=key).path: size for key, size in kept}


def _smaller_pictures(ask, applied):
    from messaging.models import Attachment

    made = _keys(ask, applied, Attachment, "key", "thumbnail_at IS NOT NULL")
    return {Attachment(key=key).small_path: None for key in made}


def _faces(ask, applied):
    from accounts.models import User
    from accounts.pictures.faces import SIZES, path_of

    worn = _keys(ask, applied, User, "avatar", "avatar <> ''")
    return {path_of(key, size): None for key in worn for size in SIZES}


def _previews(ask, applied):
    from messaging.models import Preview

    made = _keys(ask, applied, Preview, "key", "width IS NOT NULL")
    return {Preview(key=key).path: None for key in made}


def _keys(ask, applied, model, column, where):
    """None of a database that has not been updated: it does not know such pictures yet."""
    known = ages.columns(model, applied)
    if not {column, where.partition(" ")[0]} <= set(known):
        return []
    return [key for (key,) in ask(f'SELECT {column} FROM "{model._meta.db_table}" WHERE {where}')]
