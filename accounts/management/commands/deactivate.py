"""`manage.py deactivate NAME` deactivates an account."""

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from accounts.actions import deactivate
from accounts.models import User


class Command(BaseCommand):
    help = "Sign somebody out everywhere at once, and let them in no more until an administrator does."

    def add_arguments(self, parser):
        parser.add_argument("name", metavar="NAME", help="the user name")
        parser.add_argument(
            "--ban", action="store_true", help="let nobody make an account with their address either"
        )

    def handle(self, *args, name, ban, **options):
        try:
            person = deactivate(by=None, user_id=User.objects.get_by_natural_key(name).pk, bans=ban)
        except User.DoesNotExist as error:
            raise CommandError(f"Nobody has the user name {name}.") from error
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        self.stdout.write(f"{person.name} is deactivated, and signed out everywhere.")
