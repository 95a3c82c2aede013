"""The addresses of what is kept for later, and of what one does about one message."""

from django.urls import path

from .views import keeping, making, message
from .views.doors import either

urlpatterns = [
    path("messaging/saved/", either(keeping.saved, keeping.save), name="saved"),
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
