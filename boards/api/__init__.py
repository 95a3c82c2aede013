"""Boards and their cards, for programs."""

from . import boards, cards, checklists, columns

routers = [one.router for one in (boards, columns, cards, checklists)]
