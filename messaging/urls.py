"""Every address of conversations, one screen."""

from django.urls import path

from .views import choosing, files, history, pages, rooms
from .views.doors import either

app_name = "messaging"

urlpatterns = [
    path("messaging/", pages.hub, name="hub"),
    path(
        "messaging/notifications/",
        either(pages.notifications, pages.read_notifications),
        name="notifications",
    ),
    path("messaging/direct/", either(choosing.people, rooms.open_direct), name="direct"),
    path("messaging/board/<int:board_id>/rooms/", either(choosing.rooms, rooms.create), name="create_room"),
    path("messaging/room/<int:room_id>/", pages.room, name="room"),
    path("messaging/room/<int:room_id>/rename/", rooms.rename, name="rename_room"),
    path("messaging/room/<int:room_id>/archive/", rooms.archive, name="archive_room"),
    path("messaging/room/<int:room_id>/restore/", rooms.restore, name="restore_room"),
    path("messaging/room/<int:room_id>/join/", rooms.join, name="join_room"),
    path("messaging/room/<int:room_id>/leave/", rooms.leave, name="leave_room"),
    path(
        "messaging/room/<int:room_id>/people/", either(choosing.members, rooms.add_person), name="add_person"
    ),
    path(
        "messaging/room/<int:room_id>/people/<int:user_id>/remove/", rooms.remove_person, name="remove_person"
    ),
    path(
        "messaging/conversation/<int:conversation_id>/messages/",
        either(history.history, history.post),
        name="messages",
    ),
    path("messaging/conversation/<int:conversation_id>/files/", files.upload, name="files"),
    path("messaging/conversation/<int:conversation_id>/clear/", rooms.clear, name="clear"),
    path("messaging/file/<str:key>/", files.download, name="file"),
    path("boards/task/<int:task_id>/", pages.task, name="task"),
]
