"""The product's own settings, but for who is signed in."""

from kanban_board.settings import *  # noqa: F403
from kanban_board.settings import LIVE

LIVE = LIVE | {
    "people": "tests.bench.alone.guests.people_of",
    "sessions": "tests.bench.alone.guests.still_valid",
    "seen": "tests.bench.alone.guests.note_seen",
}
