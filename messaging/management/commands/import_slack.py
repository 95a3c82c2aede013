"""`manage.py import_slack ZIP --board NAME` brings in the channels of a Slack workspace as rooms of a board."""

import csv
import os

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from accounts.models import User
from boards.models import Board
from messaging.slack.archive import Archive
from messaging.slack.bringing import Import


class Command(BaseCommand):
    help = "Bring in what was said in Slack. It may be run again: what is there already is not taken twice."

    def add_arguments(self, parser):
        parser.add_argument("zip", metavar="ZIP", help="what Slack exported")
        parser.add_argument("--board", metavar="NAME", required=True, help="whose rooms the channels become")
        parser.add_argument(
            "--people", metavar="CSV", help="lines of: Slack's user id or address, user name here"
        )
        parser.add_argument("--dry-run", action="store_true", help="only say what would be taken")

    def handle(self, *args, zip, board, people, dry_run, **options):
        board = _board(board)
        owners = board.memberships.filter(role="owner", user__is_active=True).select_related("user")
        if not owners:
            raise CommandError(f"The board {board.name} has no owner who could open rooms.")
        try:
            running = Import(
                Archive(zip),
                board,
                owners[0].user,
                named=_named(people) if people else {},
                token=os.environ.get("SLACK_TOKEN", ""),
                writes=not dry_run,
            )
            running.run()
        except User.DoesNotExist as error:
            raise CommandError("The list of people names somebody who is not here.") from error
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        except (OSError, ValueError) as error:
            raise CommandError(str(error)) from error
        self._tell("Would be taken" if dry_run else "Taken", running.taken)
        self._tell("Not taken", running.left)

    def _tell(self, title, counts):
        self.stdout.write(f"{title}:")
        for what, count in sorted(counts.items()):
            if count:
                self.stdout.write(f"  {what}: {count}")


def _board(name):
    found = Board.objects.filter(name__iexact=name)
    if len(found) != 1:
        raise CommandError(f"There {'are several boards' if found else 'is no board'} called {name}.")
    return found[0]


def _named(path):
    with open(path, newline="", encoding="utf-8-sig") as file:
        rows = [row for row in csv.reader(file) if len(row) >= 2 and row[0].strip()]
    return {_key(row[0]): row[1].strip() for row in rows}


def _key(text):
    return text.strip().lower() if "@" in text else text.strip()
