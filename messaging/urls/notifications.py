"""The addresses of what people are told while they look elsewhere, and of the product as an app on their devices."""

from django.urls import path

from ..views.doors import either
from ..views.notices import installed, notifications, wishes

urlpatterns = [
    path(
        "messaging/notifications/",
        either(notifications.notifications, notifications.mark),
        name="notifications",
    ),
    path("messaging/notifications/wishes/", wishes.notification_wishes, name="notification_wishes"),
    path("messaging/notifications/browser/", wishes.subscribe, name="add_browser"),
    path("messaging/notifications/browser/remove/", wishes.unsubscribe_browser, name="remove_browser"),
    path("messaging/unsubscribe/<str:token>/", wishes.unsubscribe, name="unsubscribe"),
    path("messaging/conversation/<id:conversation_id>/level/", notifications.level, name="level"),
    path("sw.js", installed.worker, name="worker"),
    path("manifest.webmanifest", installed.manifest, name="manifest"),
    path("offline/", installed.offline, name="offline"),
]
