"""Conversations and what is said in them, for programs."""

from . import catching_up, changing, conversations, files, messages, search

routers = [one.router for one in (conversations, catching_up, messages, changing, files, search)]
