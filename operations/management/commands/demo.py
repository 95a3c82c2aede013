"""`manage.py demo` makes the demo workspace in an empty database."""

from django.core.management.base import BaseCommand, CommandError

from accounts.models import User
from operations import demo


class Command(BaseCommand):
    help = "Make the demo workspace. Its password is known to everyone: for a machine of your own only."

    def handle(self, *args, **options):
        if User.objects.exists():
            raise CommandError("There are people in this database already; the demo is made in an empty one.")
        demo.make()
        self.stdout.write(f"Sign in as {demo.NAMES} with the password {demo.PASSWORD}.")
