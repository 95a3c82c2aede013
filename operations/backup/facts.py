"""The facts of a database at one moment: what a backup promises, and what a restore can check."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Facts:
    """`counts` is {table: rows}, `migrations` [[app, name]], `files` {path in the media storage: bytes}."""

    counts: dict
    migrations: list
    files: dict


def gather(ask, tables):
    """Facts by `ask(sql)`, which returns rows, all of one moment."""
    from messaging.models import Attachment

    counts = {table: ask(f'SELECT count(*) FROM "{table}"')[0][0] for table in sorted(tables)}
    applied = ask("SELECT app, name FROM django_migrations ORDER BY app, name")
    kept = ask(f'SELECT key, size FROM "{Attachment._meta.db_table}"')
    return Facts(
        counts, [list(row) for row in applied], {Attachment(key=key).path: size for key, size in kept}
    )
