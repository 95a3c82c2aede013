"""Where the usual chat listens."""

from django.urls import path

from .consumers import ChatConsumer

urlpatterns = []
websocket_urlpatterns = [path("ws/chat-room/<int:room_id>/", ChatConsumer.as_asgi())]
