"""`manage.py backup FILE` writes a backup of everything while it runs."""

from django.core.management.base import BaseCommand, CommandError

from operations import backup


class Command(BaseCommand):
    help = "Write the database, the files and the secret key into one archive. It may run while people write."

    def add_arguments(self, parser):
        parser.add_argument(
            "file", metavar="FILE", help="for example prizmai.tar.gz; replaced when it is whole"
        )

    def handle(self, *args, file, **options):
        try:
            manifest = backup.make(file)
        except backup.Trouble as trouble:
            raise CommandError(str(trouble)) from trouble
        except OSError as error:
            raise CommandError(f"{file} cannot be written: {error.strerror or error}.") from error
        for path in manifest["missing"]:
            self.stderr.write(f"The database names the file {path}, which is not in the media folder.")
        files = sum(name.startswith("media/") for name in manifest["parts"])
        messages = manifest["counts"]["messaging_message"]
        self.stdout.write(f"{file}: {messages} messages and {files} files. It holds secrets: keep it safe.")
