"""The addresses of the lines that conversations are followed by."""

from django.urls import path

from .consumers import ChatRoomConsumer, InboxConsumer, TaskCommentConsumer

websocket_urlpatterns = [
    path("ws/chat-room/<int:room_id>/", ChatRoomConsumer.as_asgi()),
    path("ws/task-comments/<int:task_id>/", TaskCommentConsumer.as_asgi()),
    path("ws/inbox/", InboxConsumer.as_asgi()),
]
