"""`manage.py check_unread` recomputes every unread count and says which are told wrongly. None should be."""

from django.core.management.base import BaseCommand, CommandError
from django.template.defaultfilters import pluralize

from messaging.queries.checking import drifts


class Command(BaseCommand):
    help = "Recompute unread counts, mentions, notifications and comment counts from the log. Exits with 1 on drift."

    def handle(self, *args, **options):
        found = list(drifts())
        for drift in found:
            self.stdout.write(str(drift))
        if found:
            raise CommandError(f"{len(found)} number{pluralize(len(found), ' is,s are')} told wrongly.")
        self.stdout.write(self.style.SUCCESS("Every count is right."))
