"""Settings of a twin whose database confirms what its disk does not have yet."""

from kanban_board.settings import *  # noqa: F403
from kanban_board.settings import DATABASES

DATABASES["default"]["OPTIONS"]["options"] += " -c synchronous_commit=off"
