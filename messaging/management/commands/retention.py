"""`manage.py retention` does at once what is done every hour: it takes away what was kept for long enough."""

from django.core.management.base import BaseCommand
from django.template.defaultfilters import pluralize

from messaging.actions.past.expiring import aged, count_aged, expire_all
from messaging.queries.places import name_for_all


class Command(BaseCommand):
    help = "Take away for good what was kept as long as rooms, boards and RETENTION_DAYS say."

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="only say what would go")

    def handle(self, *args, dry_run, **options):
        if dry_run:
            count = sum(map(self._told, aged()))
            self.stdout.write(f"{_counted(count)} would go. Nothing was changed.")
        else:
            count = expire_all()
            self.stdout.write(f"{count} place{pluralize(count, ' was,s were')} emptied.")

    def _told(self, conversation):
        count = count_aged(conversation)
        name, days = name_for_all(conversation), conversation.days_kept
        self.stdout.write(
            f"{conversation.kind} {conversation.pk} ({name}), kept {days} day{pluralize(days)}: {_counted(count)}"
        )
        return count


def _counted(count):
    return f"{count} message{pluralize(count)}"
