"""The doors of the server: pages by Django, live lines by Channels."""

import os

import django
from django.urls import re_path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kanban_board.settings")
django.setup()

from channels.routing import ProtocolTypeRouter, URLRouter  # noqa: E402  the apps must be loaded first

from accounts.opening import SignedIn  # noqa: E402
from boards.routing import websocket_urlpatterns as board_lines  # noqa: E402
from kanban_board.bodies import BodyLimit  # noqa: E402
from kanban_board.pages import Pages  # noqa: E402
from live.door import Door  # noqa: E402
from live.garbage import leave_out_what_is_loaded  # noqa: E402
from live.nowhere import Nowhere  # noqa: E402
from live.origin import OwnOrigins  # noqa: E402
from messaging.routing import websocket_urlpatterns as conversation_lines  # noqa: E402
from messaging.views.files import LARGEST_BODY  # noqa: E402

nowhere = re_path("", Nowhere.as_asgi())

application = ProtocolTypeRouter(
    {
        "http": BodyLimit(Pages(), LARGEST_BODY),
        "websocket": Door(OwnOrigins(SignedIn(URLRouter([*conversation_lines, *board_lines, nowhere])))),
    }
)

leave_out_what_is_loaded()
