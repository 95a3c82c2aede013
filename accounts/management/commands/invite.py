"""`manage.py invite` prints a link by which people make themselves an account."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse

from accounts.actions import make_invite_link
from accounts.actions.inviting import GOOD_FOR


class Command(BaseCommand):
    help = "Print a link by which people make themselves an account. It is shown this once."

    def add_arguments(self, parser):
        parser.add_argument(
            "--people", type=int, default=1, metavar="N", help="how many it is for (1); 0 for any number"
        )
        parser.add_argument(
            "--days", type=int, default=GOOD_FOR, metavar="N", help=f"how long it is good ({GOOD_FOR})"
        )

    def handle(self, *args, people, days, **options):
        try:
            _, token = make_invite_link(by=None, people=people or None, days=days)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        self.stdout.write(settings.PUBLIC_URL.rstrip("/") + reverse("accounts:join", args=[token]))
