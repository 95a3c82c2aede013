"""`manage.py audit` prints the audit log, oldest first."""

from datetime import datetime, time

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime

from accounts.audit.export import in_parts, json_line
from accounts.audit.log import concerning
from accounts.models import AuditEntry, User


class Command(BaseCommand):
    help = "Print what was done here, and by whom, oldest first."

    def add_arguments(self, parser):
        parser.add_argument("--since", metavar="WHEN", help="a day or a moment: 2026-11-30, 2026-11-30T14:00")
        parser.add_argument("--person", metavar="NAME", help="what they did, and what was done to them")
        parser.add_argument("--json", action="store_true", help="an object a line, with all that was noted")

    def handle(self, *args, since, person, json, **options):
        entries = AuditEntry.objects.all()
        if since:
            entries = entries.filter(at__gte=moment(since))
        if person:
            entries = concerning(entries, person)
        if not entries.exists():
            self._tell_of_nothing(person)
        for part in in_parts(entries):
            self.stdout.write("".join(map(json_line if json else line, part)), ending="")

    def _tell_of_nothing(self, person):
        """Say so on stderr, so that it is not piped along; CommandError for a name that nobody ever had."""
        if person and not User.objects.filter(username__iexact=person.removeprefix("@")).exists():
            raise CommandError(f"Nobody has the user name {person}, and the log names nobody so.")
        self.stderr.write("Nothing was noted.")


def line(entry):
    at = timezone.localtime(entry.at, timezone.get_default_timezone())
    return f"{at:%Y-%m-%d %H:%M:%S}  {entry}{f'  {entry.address}' if entry.address else ''}\n"


def moment(written):
    """The moment in a text, in the installation's time zone unless it has an offset; CommandError if it is none."""
    try:
        day = parse_date(written)
        found = datetime.combine(day, time.min) if day else parse_datetime(written)
    except ValueError:
        found = None
    if found is None:
        raise CommandError(f"{written} is no day and no moment: write it as 2026-11-30 or 2026-11-30T14:00.")
    return found if timezone.is_aware(found) else timezone.make_aware(found, timezone.get_default_timezone())
