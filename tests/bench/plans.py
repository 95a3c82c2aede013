"""How an installation's database goes about what is asked all the time: a line of JSON for each question.

    PRIZMAI_DATA=/tmp/big python -m tests.bench.plans 227

227 is the room where most was said, as tests.bench.million admits the first of a crowd to it.
"""

import json
import os
import sys

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kanban_board.settings")

READER = "crowd1"
SEARCHED = {"a rare word": "zeppelin ", "a middling word": "lamefa ", "a common word": "the "}
FEW = 1_000  # rows
MESSAGES = {"messaging_message", "messaging_search_message"}


def told(room_id):
    """(title, figures) of each."""
    from django.contrib.auth import get_user_model

    from messaging.models import Conversation
    from tests.asked import ASKED, searching
    from tests.ways import ways_of

    reader, room = get_user_model().objects.get(username=READER), Conversation.objects.get(pk=room_id)
    searches = {f"a search, {name}": searching(words) for name, words in SEARCHED.items()}
    for title, ask in (ASKED | searches).items():
        yield title, _figures(ways_of(lambda ask=ask: ask(reader, room), run=True))


def _figures(ways):
    from django.db import connection

    found_by = sorted({columns for way in ways for table, columns in way.indexes if table in MESSAGES})
    whole = sorted(table for table in {table for way in ways for table in way.whole} if _is_large(table))
    return {
        "queries": len(ways),
        "messages are found by": "; ".join(found_by) or "not asked for",
        "rows read" if connection.vendor == "postgresql" else "steps": sum(way.read for way in ways),
        "large tables read whole": ", ".join(whole) or "none",
    }


def _is_large(table):
    """What fits into a few of its pages, a database rightly reads whole."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(table)}")
        return cursor.fetchone()[0] > FEW


if __name__ == "__main__":
    import django

    django.setup()
    for line in told(int(sys.argv[1])):
        print(json.dumps(line))
