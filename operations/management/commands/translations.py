"""`manage.py translations` brings what translators work on up to date, and makes ready what they have written."""

import shutil

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from operations import translations


class Command(BaseCommand):
    help = "Collect every text into locale/, and compile the translations. For those who change texts or translate."

    def add_arguments(self, parser):
        parser.add_argument("--add", metavar="CODE", help="begin another language, for example fr or zh-hans")

    def handle(self, *args, add, **options):
        if not shutil.which("xgettext"):
            raise CommandError("GNU gettext is needed: apt-get install gettext, or brew install gettext.")
        try:
            begun = translations.begin(settings.BASE_DIR, add) if add else None
        except LookupError as error:
            raise CommandError(str(error)) from error
        for code in translations.languages(settings.BASE_DIR):
            translations.collect(settings.BASE_DIR, code)
            translations.make_ready(settings.BASE_DIR, code)
            self.stdout.write(f"{code}: {translations.left(settings.BASE_DIR, code)} texts to translate.")
        if begun:
            self.stdout.write(f"Now translate {begun}, and run this again.")
