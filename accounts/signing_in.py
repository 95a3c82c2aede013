"""What is noted when somebody signs in: with which browser."""

from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver

from .asking import browser_told
from .session_store import BROWSER


@receiver(user_logged_in)
def note_browser(sender, request, user, **kwargs):
    request.session[BROWSER] = browser_told(request.META.get("HTTP_USER_AGENT", ""))
