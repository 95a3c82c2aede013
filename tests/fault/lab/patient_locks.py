"""Settings of a twin that waits for a lock as long as it takes."""

from kanban_board.settings import *  # noqa: F403
from kanban_board.settings import DATABASES

DATABASES["default"]["OPTIONS"]["options"] += " -c lock_timeout=0"
