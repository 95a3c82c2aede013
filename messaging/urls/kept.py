"""The addresses of what is kept for later or taken along, and of what one does about one message."""

from django.urls import path

from ..views.conversation import making, message
from ..views.doors import either
from ..views.own import exporting, keeping

urlpatterns = [
    path("messaging/saved/", either(keeping.saved, keeping.save), name="saved"),
    path("messaging/exports/", either(exporting.listed, exporting.ask), name="exports"),
    path("messaging/exports/everything/", exporting.ask_everything, name="export_everything"),
    path("messaging/exports/<str:key>/", exporting.download, name="export"),
    path("messaging/exports/<str:key>/discard/", exporting.discard, name="discard_export"),
    path("messaging/room/<id:room_id>/export/", exporting.ask_room, name="export_room"),
    path("messaging/scheduled/", keeping.scheduled, name="scheduled"),
    path("messaging/scheduled/<id:scheduled_id>/", keeping.reschedule, name="reschedule"),
    path(
        "messaging/conversation/<id:conversation_id>/scheduled/",
        keeping.schedule,
        name="schedule",
    ),
    path(
        "messaging/conversation/<id:conversation_id>/pins/",
        either(message.pins, message.pin),
        name="pins",
    ),
    path("messaging/message/<id:message_id>/versions/", message.versions, name="versions"),
    path(
        "messaging/message/<id:message_id>/forward/",
        either(message.forwarding, message.forward),
        name="forward",
    ),
    path("messaging/message/<id:message_id>/card/", either(making.choosing, making.make), name="make_card"),
]
