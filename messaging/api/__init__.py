"""Endpoints of the API for conversations and messages."""

from . import catching_up, changing, conversations, files, messages, search

routers = [one.router for one in (conversations, catching_up, messages, changing, files, search)]
