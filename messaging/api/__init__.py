"""Conversations and what is said in them, for programs."""

from . import changing, conversations, files, messages, search

routers = [one.router for one in (conversations, messages, changing, files, search)]
