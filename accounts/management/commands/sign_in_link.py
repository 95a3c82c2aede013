"""`manage.py sign_in_link NAME` prints a link that signs somebody in, when the single sign-on does not."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from accounts.models import User
from accounts.signing_in import back_in


class Command(BaseCommand):
    help = "Print a link that signs somebody in, once and soon. A second factor is asked for as ever."

    def add_arguments(self, parser):
        parser.add_argument("name", metavar="NAME", help="the user name")

    def handle(self, *args, name, **options):
        try:
            person = User.objects.get_by_natural_key(name)
        except User.DoesNotExist as error:
            raise CommandError(f"Nobody has the user name {name}.") from error
        if not person.is_active:
            raise CommandError(f"{person.name} is deactivated: let them in again first.")
        self.stdout.write(back_in.make_link(settings.PUBLIC_URL, person))
