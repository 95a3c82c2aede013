"""`manage.py crowd` fills an installation with signed-in people, for load tests."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from operations.crowd import make_crowd


class Command(BaseCommand):
    help = (
        "Make people, a board, rooms and signed-in sessions crowdsession1 ... N; print the first room's id."
    )

    def add_arguments(self, parser):
        parser.add_argument("--people", type=int, required=True, metavar="N")
        parser.add_argument("--rooms", type=int, required=True, metavar="R")

    def handle(self, *args, people, rooms, **options):
        if not settings.LOADTEST:
            raise CommandError(
                "A crowd has sessions with keys that anybody can guess: it is made only with PRIZMAI_LOADTEST=1."
            )
        if people < 1 or rooms < 1:
            raise CommandError("At least one person and one room, please.")
        self.stdout.write(str(make_crowd(people, rooms)))
