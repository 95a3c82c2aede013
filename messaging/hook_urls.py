"""The addresses of bots and webhooks."""

from django.urls import path, re_path

from .views import incoming

urlpatterns = [
    path("hooks/", incoming.post, name="say_by_header"),
    # With a slash at the end or without: an address that leads nowhere would be logged with the secret in it.
    re_path(r"^hooks/(?P<token>[^/]+)/?$", incoming.post, name="say_by_hook"),
]
