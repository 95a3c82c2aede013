"""`manage.py backup FILE` writes a backup of everything while it runs."""

from django.core.management.base import BaseCommand, CommandError

from operations import backup
from operations.health.words import counted


class Command(BaseCommand):
    help = "Write the database, the files and the secret key into one archive. It may run while people write."

    def add_arguments(self, parser):
        parser.add_argument(
            "file", metavar="FILE", help="for example prizmai.tar.gz; replaced when it is whole"
        )
        parser.add_argument(
            "--test", action="store_true", help="then bring it back, into a database of its own"
        )

    def handle(self, *args, file, test, **options):
        try:
            with backup.tidy_when_ended():
                manifest, trouble = backup.make_recorded(file, test=test)
        except backup.Trouble as trouble:
            raise CommandError(str(trouble)) from trouble
        except OSError as error:
            raise CommandError(f"{file} cannot be written: {error.strerror or error}.") from error
        self._tell(file, manifest)
        if trouble:
            raise CommandError(f"It could not be brought back: {trouble}") from trouble
        if test:
            self.stdout.write("It was brought back whole, into a database of its own.")

    def _tell(self, file, manifest):
        for path in manifest["missing"]:
            self.stderr.write(f"The database names the file {path}, which is not in the media folder.")
        files = counted(sum(name.startswith("media/") for name in manifest["parts"]), "file")
        messages = counted(manifest["counts"]["messaging_message"], "message")
        self.stdout.write(f"{file}: {messages} and {files}. It holds secrets: keep it safe.")
