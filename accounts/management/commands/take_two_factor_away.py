"""`manage.py take_two_factor_away NAME` lets somebody who lost their second factor sign in without it."""

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from accounts.actions import take_two_factor_away
from accounts.models import User


class Command(BaseCommand):
    help = "Take somebody's second factor away. They are signed out everywhere, and told by mail."

    def add_arguments(self, parser):
        parser.add_argument("name", metavar="NAME", help="the user name")

    def handle(self, *args, name, **options):
        try:
            person = take_two_factor_away(by=None, user_id=User.objects.get_by_natural_key(name).pk)
        except User.DoesNotExist as error:
            raise CommandError(f"Nobody has the user name {name}.") from error
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        self.stdout.write(
            f"The second factor of {person.name} is taken away, and they are signed out everywhere."
        )
