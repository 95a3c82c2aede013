"""`manage.py sendtestemail ADDRESS ...`, which says whether a letter has left, and else what hinders it."""

from django.conf import settings
from django.core.management.base import CommandError
from django.core.management.commands.sendtestemail import Command as SendTestEmail

from accounts.mail import has_a_way_out
from operations.doctor.mail import trouble_with


class Command(SendTestEmail):
    def handle(self, *args, **options):
        if not has_a_way_out():
            raise CommandError("No letter leaves: EMAIL_URL is not set (docs/self-hosting.md).")
        try:
            super().handle(*args, **options)
        except OSError as error:
            raise CommandError("{} {}".format(*trouble_with(settings.MAIL, error))) from error
        if settings.MAIL.has_server:
            self.stdout.write(f"{settings.MAIL} took it. If it does not arrive, see the log of that server.")
