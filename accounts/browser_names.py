"""Browsers by words one can recognise."""

import re

# In this order: each names itself besides the ones after it.
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
    name = next((name for name, sign in NAMES if re.search(sign, agent)), "A browser")
    system = next((system for system, sign in SYSTEMS if re.search(sign, agent)), "")
    return f"{name} on {system}" if system else name
