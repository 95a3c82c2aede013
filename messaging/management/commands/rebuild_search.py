"""`manage.py rebuild_search` makes the search index anew, from what is there."""

from django.core.management.base import BaseCommand
from django.db import transaction

from messaging.search import index


class Command(BaseCommand):
    help = "Make the search index anew. It keeps itself; this is for one that was lost or damaged."

    @transaction.atomic
    def handle(self, *args, verbosity, **options):
        def tell(noun, done):
            self.stdout.write(f"{noun.name}s: {done:.0%}")

        index.build(tell if verbosity else lambda *_: None)
