"""Boards and their cards, for programs."""

from . import boards, cards, checklists

routers = [one.router for one in (boards, cards, checklists)]
