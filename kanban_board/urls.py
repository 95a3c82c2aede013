"""Every page, one screen."""

from django.urls import include, path, re_path
from django.views.generic import RedirectView

from live.views import healthz, readyz
from operations.metrics.views import metrics

from .mcp.door import mcp

handler500 = "kanban_board.unavailable.something_broke"
urlpatterns = [
    path("", RedirectView.as_view(url="/messaging/", query_string=False)),
    path("healthz", healthz),
    path("readyz", readyz),
    path("metrics", metrics),
    path("accounts/", include("accounts.urls")),
    path("accounts/", include("allauth.account.urls")),
    path("", include("operations.urls")),
    path("api/v1/", include("kanban_board.api.urls")),
    re_path(r"^mcp/?$", mcp, name="mcp"),
    path("boards/", include("boards.urls")),
    path("", include("messaging.urls")),
]
