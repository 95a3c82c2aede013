"""`manage.py restore FILE` puts a backup in the place of what is here."""

from django.core.management.base import BaseCommand, CommandError

from operations import backup
from operations.health.words import counted


class Command(BaseCommand):
    help = "Replace the database, and bring back the files, of a backup made with `manage.py backup`."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("file", metavar="FILE")
        parser.add_argument("--force", action="store_true", help="also when there are people in it already")
        parser.add_argument(
            "--sign-everybody-out", action="store_true", help="end all sessions, on open pages too"
        )

    def handle(self, *args, file, force, sign_everybody_out, **options):
        try:
            with backup.tidy_when_ended():
                manifest, changed = backup.restore(file, force=force, sign_everybody_out=sign_everybody_out)
        except backup.Trouble as trouble:
            raise CommandError(str(trouble)) from trouble
        except OSError as error:
            raise CommandError(f"It cannot be restored: {error.strerror or error}.") from error
        messages = counted(manifest["counts"]["messaging_message"], "message")
        self.stdout.write(f"Restored the backup of {manifest['made_at']}: {messages}. Open pages load anew.")
        if changed:
            self.stdout.write("The secret key is another one now: restart the server if it runs.")
