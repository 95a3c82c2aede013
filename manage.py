#!/usr/bin/env python
"""The door to every command of the project."""

import os
import sys

OF_DEVELOPERS = {"compilemessages", "makemessages", "makemigrations", "translations"}


def main():
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kanban_board.settings")
    if sys.argv[1:2] and sys.argv[1] not in OF_DEVELOPERS:
        os.umask(0o077)  # the others write what people said, and so do the processes that they start
    if sys.argv[1:2] == ["start"]:
        # The launcher chooses the data folder and the Redis that the settings are then read with.
        from operations.start.main import main as start

        sys.exit(start(sys.argv[2:]))

    from operations.command_line import run

    sys.exit(run(sys.argv))


if __name__ == "__main__":
    main()
