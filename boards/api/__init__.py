"""Boards and their cards, for programs."""

from . import boards, cards

routers = [boards.router, cards.router]
