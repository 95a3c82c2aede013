"""The addresses of bots and webhooks."""

from django.urls import path, re_path

from ..views.doors import either
from ..views.hooks import bots, incoming, outgoing, webhooks

urlpatterns = [
    path("messaging/board/<id:board_id>/bots/", either(bots.of_board, bots.make), name="bots"),
    path("messaging/board/<id:board_id>/webhooks/", bots.make_hook, name="make_board_webhook"),
    path("messaging/bot/<id:bot_id>/", bots.change, name="bot"),
    path("messaging/room/<id:room_id>/webhooks/", either(webhooks.of_room, webhooks.make), name="webhooks"),
    path("messaging/incoming/<id:hook_id>/", webhooks.change_incoming, name="incoming_webhook"),
    path("messaging/webhook/<id:hook_id>/", either(outgoing.page, outgoing.change), name="webhook"),
    path("messaging/delivery/<id:delivery_id>/again/", outgoing.again, name="send_again"),
    path("hooks/", incoming.post, name="say_by_header"),
    # With a slash at the end or without: an address that leads nowhere would be logged with the secret in it.
    re_path(r"^hooks/(?P<token>[^/]+)/?$", incoming.post, name="say_by_hook"),
]
