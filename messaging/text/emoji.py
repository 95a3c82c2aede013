"""Emoji by the names that people type between colons."""

import json
from functools import cache

from django.contrib.staticfiles import finders

LISTED = "vendor/gemoji/emoji.json"  # the list that browsers complete names from


def named(name):
    """The emoji of this name, or None."""
    return _by_name().get(name)


@cache
def _by_name():
    with open(finders.find(LISTED), encoding="utf-8") as file:
        groups = json.load(file)
    return {name: one[0] for group in groups for one in group["emoji"] for name in one[1].split()}
