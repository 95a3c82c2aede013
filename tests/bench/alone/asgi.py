"""The doors of the product, behind which is the hub alone: pages are the product's, lines lead to talk."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.bench.alone.settings")

from channels.routing import ProtocolTypeRouter, URLRouter
from django.urls import path

from kanban_board.asgi import application as product
from live.door import Door
from live.origin import OwnOrigins
from live.streams import register

from .guests import Guests
from .talk import Talk, TalkLine

register(Talk())
lines = URLRouter([path("ws/chat-room/<int:room_id>/", TalkLine.as_asgi())])
application = ProtocolTypeRouter(
    {"http": product.application_mapping["http"], "websocket": Door(OwnOrigins(Guests(lines)))}
)
