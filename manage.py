#!/usr/bin/env python
"""The door to every command of the project."""

import os
import sys


def main():
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kanban_board.settings")
    if sys.argv[1:2] == ["start"]:
        # The launcher chooses the data folder and the Redis that the settings are then read with.
        from operations.start.main import main as start

        sys.exit(start(sys.argv[2:]))

    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
