"""The doors of the product, behind which is the hub alone: pages are the product's, lines lead to talk."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.bench.alone.settings")

from channels.routing import ProtocolTypeRouter
from django.urls import path

from kanban_board.asgi import application as product
from live.arriving.door import Door
from live.arriving.nowhere import Nowhere
from live.streams import register

from .guests import session_of
from .talk import Talk, TalkConsumer

register(Talk())
lines = [path("ws/chat-room/<int:room_id>/", TalkConsumer.as_asgi())]
application = ProtocolTypeRouter(
    {"http": product.application_mapping["http"], "websocket": Door(lines, Nowhere, session_of)}
)
