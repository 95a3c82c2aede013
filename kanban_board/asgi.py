"""The doors of the server: pages by Django, live lines by Channels."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kanban_board.settings")
django.setup()

from channels.routing import ProtocolTypeRouter  # noqa: E402  the apps must be loaded first

from accounts.sessions.opening import session_key_of  # noqa: E402
from boards.routing import websocket_urlpatterns as board_lines  # noqa: E402
from kanban_board.bodies import BodyLimit  # noqa: E402
from kanban_board.pages import Pages  # noqa: E402
from live.arriving.door import Door  # noqa: E402
from live.arriving.nowhere import Nowhere  # noqa: E402
from live.servers.backlog import let_many_wait  # noqa: E402
from live.servers.garbage import leave_out_what_is_loaded  # noqa: E402
from messaging.routing import websocket_urlpatterns as conversation_lines  # noqa: E402
from messaging.views.conversation.files import LARGEST_BODY  # noqa: E402

application = ProtocolTypeRouter(
    {
        "http": BodyLimit(Pages(), LARGEST_BODY),
        "websocket": Door([*conversation_lines, *board_lines], Nowhere, session_key_of),
    }
)

let_many_wait()
leave_out_what_is_loaded()
