"""The languages of pages: English, in which they are written, and each into which locale/ holds a translation."""

from django.conf.locale import LANG_INFO

ENGLISH = "en"


def found_in(folder):
    """[(code, its own name of itself)], English first."""
    codes = sorted(path.parts[-3] for path in folder.glob("*/LC_MESSAGES/django.mo"))
    return [
        (code, LANG_INFO[code]["name_local"])
        for code in [ENGLISH, *(code.replace("_", "-").lower() for code in codes)]
    ]
