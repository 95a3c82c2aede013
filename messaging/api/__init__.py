"""Conversations and what is said in them, for programs."""

from .changing import router as changing
from .conversations import router as conversations
from .files import router as files
from .messages import router as messages
from .search import router as search

routers = [conversations, messages, changing, files, search]
