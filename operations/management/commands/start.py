"""`manage.py start` for `manage.py help`; manage.py itself goes straight to the launcher."""

import sys

from django.core.management.base import BaseCommand

from operations.start.main import main
from operations.start.options import add_arguments


class Command(BaseCommand):
    help = "Start Redis, Celery worker, Celery beat and web server, in order, until Ctrl-C."
    requires_system_checks = []

    def add_arguments(self, parser):
        add_arguments(parser)

    def handle(self, *args, **options):
        sys.exit(main(sys.argv[2:]))
