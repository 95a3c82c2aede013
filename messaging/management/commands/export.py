"""`manage.py export PATH` writes everything into a folder or a zip, while people write."""

from contextlib import closing
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from messaging.export.archive import Folder, Zip
from messaging.export.everything import write_everything


class Command(BaseCommand):
    help = "Write boards, cards, conversations, messages, files and people as they are now, as JSON lines."

    def add_arguments(self, parser):
        parser.add_argument("path", metavar="PATH", help="a new folder, or a new file that ends in .zip")
        parser.add_argument(
            "--with-private", action="store_true", help="private rooms and direct conversations too"
        )

    def handle(self, *args, path, with_private, **options):
        write = _write_zip if path.lower().endswith(".zip") else _write_folder
        try:
            told = write(Path(path), with_private)
        except OSError as error:
            raise CommandError(f"{path} cannot be written: {error.strerror or error}") from error
        except DatabaseError as error:
            raise CommandError(f"The database cannot be read: {str(error).partition(chr(10))[0]}") from error
        for name in told["missing_files"]:
            self.stderr.write(f"The file {name} was not to be found.")
        held = ", ".join(f"{name}: {count}" for name, count in told["counts"].items())
        self.stdout.write(f"{path} holds {held}. {_scope(with_private)}")


def _write_folder(path, with_private):
    return write_everything(Folder(path), with_private=with_private)


def _write_zip(path, with_private):
    """Under its name once it is whole. FileExistsError where there is something already."""
    if path.exists():
        raise FileExistsError("It is there already, and an export replaces nothing.")
    draft = path.with_name(f".{path.name}.part")
    try:
        with closing(Zip(draft)) as archive:
            told = write_everything(archive, with_private=with_private)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
    return told


def _scope(with_private):
    if with_private:
        return "Private rooms and direct conversations are in it: keep it safe."
    return "Private rooms and direct conversations are not in it (--with-private)."
