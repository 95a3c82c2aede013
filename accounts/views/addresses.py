"""One's own e-mail addresses: allauth's page, which also says when a letter may be asked for again."""

from allauth.account.views import EmailView
from django.contrib import messages
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from ..proving import minutes_until_another


class Addresses(EmailView):
    def _action_send(self, request, *args, **kwargs):
        answer = super()._action_send(request, *args, **kwargs)
        address = self._get_email_address(request)
        if address and not self._did_send_verification_email:
            minutes = minutes_until_another(request, address.email)
            words = ngettext(
                "So many letters went to %(address)s that it rests now. Ask again in a minute.",
                "So many letters went to %(address)s that it rests now. Ask again in %(count)d minutes.",
                minutes,
            )
            messages.error(request, words % {"address": address.email, "count": minutes})
        return answer


addresses = require_http_methods(["GET", "HEAD", "POST"])(Addresses.as_view())
