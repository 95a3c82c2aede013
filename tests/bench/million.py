"""Fills an empty installation with as many messages as one wants to search, and tells how long searches take.

    PRIZMAI_DATA=/tmp/big python -m tests.bench.million fill 1000000
    PRIZMAI_DATA=/tmp/big python -m tests.bench.million ask

With DATABASE_URL it does the same on PostgreSQL. `admit` lets the first of a crowd into every board, as one
who has read all but a few messages, and prints the id of the room where most was said.
"""

import os
import random
import sys
import time
from datetime import timedelta
from itertools import accumulate
from statistics import median

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kanban_board.settings")

BOARDS, ROOMS, TASKS, PEOPLE = 5, 12, 100, 40  # rooms and tasks of each board
BATCH = 10_000
SYLLABLES = [consonant + vowel for consonant in "bdfgklmnprstv" for vowel in "aeio"]
COMMON = "the to and of in we it is for that on you this with be have are not can will".split()  # noqa: SIM905


def fill(count):
    from django.db import connection, transaction
    from django.utils import timezone

    from messaging.models import Conversation
    from messaging.search import index

    chance = random.Random(1)
    people, places = _scene()
    index.remove()  # made of all at the end, it takes a quarter of the time
    statement, usual = _statement()
    words, weights = _vocabulary(chance)
    start, step = timezone.now() - timedelta(days=1000), timedelta(days=1000) / count
    last, began = dict.fromkeys((place.pk for place in places), 0), time.monotonic()
    for first in range(0, count, BATCH):
        rows = []
        for number in range(first, min(first + BATCH, count)):
            place, author = chance.choice(places), chance.choice(people)
            seq = last[place.pk] = last[place.pk] + 1
            body = " ".join(chance.choices(words, cum_weights=weights, k=chance.randint(3, 22)))
            if number % 5_000 == 3:
                body += " https://example.org/page"
            if number % 50_000 == 7:
                body += " zeppelin"
            said = {
                "conversation_id": place.pk,
                "seq": seq,
                "revision": seq,
                "born": seq,
                "author_id": author.pk,
                "author_name": author.name,
                "body": body,
                "created_at": connection.ops.adapt_datetimefield_value(start + step * number),
            }
            rows.append(tuple((usual | said).values()))
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.executemany(statement, rows)
        print(f"\r{first + BATCH} in {time.monotonic() - began:.0f} s", end="", flush=True)
    for place in places:
        place.last_seq = place.revision = last[place.pk]
    Conversation.objects.bulk_update(places, ["last_seq", "revision"], batch_size=500)
    index.build()
    _let_the_database_look()
    print()


def _statement():
    """What puts a message in, and {column: its usual value}: a million models would take longer than a million rows."""
    from django.db import connection

    from messaging.models import Message

    fields = [field for field in Message._meta.concrete_fields if not field.primary_key]
    usual = {one.column: one.get_db_prep_save(getattr(Message(), one.attname), connection) for one in fields}
    blanks = ", ".join(["%s"] * len(usual))
    return f"INSERT INTO {Message._meta.db_table} ({', '.join(usual)}) VALUES ({blanks})", usual


def _let_the_database_look():
    """What PostgreSQL does by itself a minute after much has changed."""
    from django.db import connection

    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def ask():
    from accounts.models import User
    from messaging.search.finding import search

    ada, eve = User.objects.get(username="person1"), User.objects.get(username="outsider")
    searches = {
        "rare word": "zeppelin ",
        "common word": "the ",
        "middling word": "lamefa ",
        "two letters": "th",
        "three letters": "bar",
        "two common words": "the we ",
        "common, and a rare one": "the zeppelin ",
        "phrase": '"the we" ',
        "from: and a word": "from:person7 the ",
        "in: and a word": "in:room-4-3 the ",
        "in: alone": "in:room-4-3",
        "before: and a word": "before:2024-06-01 the ",
        "has:pin and a word": "has:pin the ",
        "has:link": "has:link ",
        "has:file and a word": "has:file the ",
        "is:unread and a word": "is:unread the ",
        "mentions:me": "mentions:me ",
        "word left out": "the -we ",
        "no hit": "xylophone ",
        "no hit, two common": '"the the we we the"',
    }
    print(f"{'':28}{'one of 40':>12}{'sees little':>14}{'best first':>14}   ms, median of 7")
    for name, text in searches.items():
        figures = [
            _took(search, who, text, order) for who, order in ((ada, "new"), (eve, "new"), (ada, "best"))
        ]
        print(f"{name:28}" + "".join(f"{took:>9.1f} {count:>3}" for took, count in figures))


def admit():
    from accounts.models import User
    from boards.models import Board, BoardMembership
    from messaging.models import Conversation, Membership
    from operations.crowd import make_crowd

    make_crowd(1, 1)
    reader = User.objects.get(username="crowd1")
    boards = Board.objects.filter(name__startswith="Board ")
    BoardMembership.objects.bulk_create(
        [BoardMembership(board=board, user=reader, role="member") for board in boards], ignore_conflicts=True
    )
    places = list(Conversation.objects.filter(board__in=boards, is_private=False).order_by("-last_seq"))
    Membership.objects.bulk_create(
        [
            Membership(
                conversation=place, user=reader, read_seq=place.last_seq - (3 if number % 50 == 1 else 0)
            )
            for number, place in enumerate(places)
        ],
        batch_size=500,
        ignore_conflicts=True,
    )
    _let_the_database_look()
    print(places[0].pk)


def _took(search, who, text, order):
    """(ms, number of hits); a place that this person does not know is an answer too."""
    from messaging.search.asking import Unclear

    times, count = [], 0
    for _ in range(7):
        began = time.perf_counter()
        try:
            count = len(search(who, text, order=order).hits)
        except Unclear:
            count = 0
        times.append((time.perf_counter() - began) * 1000)
    return median(times), count


def _scene():
    from accounts.models import User
    from boards.actions import create_board, create_task
    from boards.models import BoardMembership
    from messaging.actions import create_room
    from messaging.models import Conversation, Membership

    users = User.objects
    people = users.bulk_create(
        User(username=f"person{n}", display_name=f"Person {n}") for n in range(1, PEOPLE + 1)
    )
    people = list(users.filter(username__startswith="person"))
    outsider = users.create(username="outsider")
    for b in range(BOARDS):
        board = create_board(by=people[0], name=f"Board {b}")
        BoardMembership.objects.bulk_create(
            BoardMembership(board=board, user=user, role="member") for user in people[1:]
        )
        for r in range(ROOMS):
            create_room(by=people[0], board_id=board.pk, name=f"room-{b}-{r}")
        for n in range(TASKS):
            create_task(
                by=people[n % PEOPLE], column_id=board.columns.first().pk, title=f"Task {n} of board {b}"
            )
    room = create_room(by=people[0], board_id=board.pk, name="Guests", is_private=True)
    Membership.objects.create(conversation=room, user=outsider)
    rooms, tasks = (list(Conversation.objects.filter(kind=kind)) for kind in ("room", "task"))
    busy = [one for one in rooms if one.pk != room.pk] * 20
    return people, [*busy, *tasks, room]


def _vocabulary(chance):
    """Some common words, and thirty thousand that are the rarer the later they come."""
    made = {"".join(chance.choices(SYLLABLES, k=chance.randint(2, 4))) for _ in range(40_000)}
    words = COMMON + sorted(made)
    return words, list(accumulate(1 / (rank + 2) for rank in range(len(words))))


if __name__ == "__main__":
    import django

    django.setup()
    {"fill": lambda: fill(int(sys.argv[2])), "ask": ask, "admit": admit}[sys.argv[1]]()
