"""What happens when somebody signs in: their browser is noted, and a pending single sign-on is linked.

And when they choose another address: the old one gets a letter, in case it was not them.
"""

from allauth.account.signals import email_changed
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.utils.translation import gettext

from .. import letters
from ..actions import link_with_sign_on
from ..audit.asking import browser_told
from ..sessions.store import BROWSER
from ..single_sign_on import linking


@receiver(user_logged_in)
def note_browser(sender, request, user, **kwargs):
    request.session[BROWSER] = browser_told(request.META.get("HTTP_USER_AGENT", ""))


@receiver(user_logged_in)
def link_what_waits(sender, request, user, **kwargs):
    """Link the account of somebody who came by single sign-on, and then gave the password of the account."""
    if waiting := linking.pending(request):
        linking.end(request)
        told = waiting["newcomer"]
        if link_with_sign_on(by=user, uid=told["uid"], address=told["address"]):
            messages.success(
                request,
                gettext("Your account is linked: you can sign in with %(name)s now.")
                % {"name": settings.OIDC.name},
            )


@receiver(email_changed)
def tell_at_the_address_before(sender, user, from_email_address, **kwargs):
    if from_email_address and from_email_address.verified:
        letters.tell(user, letters.ADDRESS_CHANGED, to=from_email_address.email)
