"""The page on which administrators make invite links and take them back."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from .. import actions
from ..forms import InviteForm
from ..models import InviteLink
from ..signing_in import qr
from .doors import for_administrators


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@for_administrators
def invite(request):
    """The form, and the links that are valid. A new link is only shown in the answer to the form."""
    form = InviteForm(request.POST or None)
    made = form.is_valid() and shown_once(
        request, *actions.make_invite_link(by=request.user, **form.cleaned_data)
    )
    standing = InviteLink.objects.standing().select_related("made_by").order_by("-made_at", "-pk")
    context = {"form": InviteForm() if made else form, "made": made, "links": standing}
    return render(request, "accounts/invite.html", context)


@require_POST
@for_administrators
def take_back(request, link_id):
    actions.take_back_invite_link(by=request.user, link_id=link_id)
    messages.success(request, _("The link is taken back: nobody comes in by it any more."))
    return redirect("accounts:invite")


def shown_once(request, invite, token):
    """What accounts/_made.html shows of a link that was just made."""
    link = request.build_absolute_uri(reverse("accounts:join", args=[token]))
    return {"invite": invite, "link": link, "picture": qr.as_svg(link)}
