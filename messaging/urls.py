"""Pages of conversations, one screen."""

app_name = "messaging"
urlpatterns = []
