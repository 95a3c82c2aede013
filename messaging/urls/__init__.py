"""Every address of conversations, one screen."""

from django.urls import path

from boards import ids  # noqa: F401  the addresses speak of them

from ..views.conversation import changing, drafting, files, history, naming, pages, previews
from ..views.doors import either
from ..views.own import catching_up, sidebar
from ..views.rooms import audit, choosing, inviting, people, running
from ..views.search import finding, searching
from .hooks import urlpatterns as of_hooks
from .kept import urlpatterns as of_what_is_kept
from .notifications import urlpatterns as of_notifications

app_name = "messaging"

urlpatterns = [
    path("messaging/", catching_up.page, name="catch_up"),
    path("messaging/destinations/", naming.destinations, name="destinations"),
    path("messaging/direct/", either(choosing.people, running.open_direct), name="direct"),
    path("messaging/find/", finding.find, name="find"),
    path("messaging/search/", searching.search, name="search"),
    path("messaging/read/", sidebar.read_all, name="read_all"),
    path("messaging/board/<id:board_id>/rooms/", either(choosing.rooms, running.create), name="create_room"),
    path("messaging/board/<id:board_id>/audit/", audit.board, name="board_audit"),
    path("messaging/room/<id:room_id>/", pages.room, name="room"),
    path("messaging/room/<id:room_id>/rename/", running.rename, name="rename_room"),
    path("messaging/room/<id:room_id>/archive/", running.archive, name="archive_room"),
    path("messaging/room/<id:room_id>/restore/", running.restore, name="restore_room"),
    path("messaging/room/<id:room_id>/join/", running.join, name="join_room"),
    path("messaging/room/<id:room_id>/leave/", running.leave, name="leave_room"),
    path("messaging/room/<id:room_id>/privacy/", running.privacy, name="room_privacy"),
    path("messaging/room/<id:room_id>/keep/", running.keep, name="keep_room"),
    path("messaging/room/<id:room_id>/hearing/", running.hearing, name="room_hearing"),
    path("messaging/room/<id:room_id>/people/", either(choosing.members, inviting.add), name="add_person"),
    path("messaging/room/<id:room_id>/people/<id:user_id>/role/", running.role, name="set_role"),
    path(
        "messaging/room/<id:room_id>/people/<id:user_id>/remove/", running.remove_person, name="remove_person"
    ),
    path("messaging/room/<id:room_id>/people/<id:user_id>/ban/", running.ban_person, name="ban_person"),
    path("messaging/room/<id:room_id>/people/<id:user_id>/ban/lift/", running.lift_ban, name="lift_ban"),
    path(
        "messaging/conversation/<id:conversation_id>/messages/",
        either(history.history, history.post),
        name="messages",
    ),
    path("messaging/conversation/<id:conversation_id>/changes/", changing.change, name="changes"),
    path(
        "messaging/conversation/<id:conversation_id>/files/",
        either(files.listed, files.upload),
        name="files",
    ),
    path("messaging/conversation/<id:conversation_id>/people/", naming.people, name="people"),
    path("messaging/conversation/<id:conversation_id>/commands/", naming.commands, name="commands"),
    path("messaging/conversation/<id:conversation_id>/draft/", drafting.keep, name="draft"),
    path("messaging/conversation/<id:conversation_id>/favourite/", sidebar.favourite, name="favourite"),
    path("messaging/conversation/<id:conversation_id>/read/", catching_up.read, name="read"),
    path("messaging/conversation/<id:conversation_id>/clear/", running.clear, name="clear"),
    path("messaging/invitation/<id:invitation_id>/accept/", inviting.accept, name="accept_invitation"),
    path("messaging/invitation/<id:invitation_id>/decline/", inviting.decline, name="decline_invitation"),
    path("messaging/invitation/<id:invitation_id>/withdraw/", inviting.withdraw, name="withdraw_invitation"),
    path("messaging/person/<id:user_id>/", people.card, name="person"),
    path("messaging/preview/<str:key>/", previews.picture, name="preview"),
    path("messaging/file/<str:key>/", files.download, name="file"),
    path("boards/task/<id:task_id>/", pages.task, name="task"),
    *of_notifications,
    *of_what_is_kept,
    *of_hooks,
]
