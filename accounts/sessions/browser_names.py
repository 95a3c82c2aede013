"""The name of a browser in words that people recognise, from its User-Agent."""

import re

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

# The order matters: a User-Agent also contains the names of browsers further down.
NAMES = [
    ("Edge", r"Edg(?:e|A|iOS)?/"),
    ("Opera", r"OPR/"),
    ("Firefox", r"Firefox/|FxiOS/"),
    ("Chrome", r"Chrome/|CriOS/"),
    ("Safari", r"Safari/"),
]
SYSTEMS = [
    ("Android", r"Android"),
    ("iPhone", r"iPhone"),
    ("iPad", r"iPad"),
    ("Windows", r"Windows"),
    ("macOS", r"Mac OS X"),
    ("Linux", r"Linux|X11"),
]


def words_for(agent):
    name = next((name for name, sign in NAMES if re.search(sign, agent)), _("A browser"))
    system = next((system for system, sign in SYSTEMS if re.search(sign, agent)), "")
    return gettext("%(browser)s on %(device)s") % {"browser": name, "device": system} if system else str(name)
