"""Pages for people who have no account yet, and the page that confirms an address."""

from allauth.account.models import EmailAddress
from allauth.account.views import ConfirmEmailView
from allauth.decorators import rate_limit
from django.contrib import messages
from django.contrib.auth import login
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from ..actions import LinkIsOver
from ..actions import join as join_by
from ..forms import FirstAdministratorForm, NewcomerForm
from ..models import InviteLink
from ..proving import ask_for_proof
from ..signing_in import first_admin

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def first(request, token):
    """Make the first administrator. 404 for a link that is used, too old or forged."""
    if not first_admin.is_good(token):
        raise Http404
    form = FirstAdministratorForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        newcomer = first_admin.save_first(form)
        if newcomer is None:
            raise Http404
        login(request, newcomer, backend=BACKEND)
        ask_for_proof(request, request.user)
        return redirect("boards:list")
    return render(request, "accounts/first.html", {"form": form})


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@rate_limit(action="join")
def join(request, token):
    """Make an account for whoever has the link. A link that is over says why."""
    link = InviteLink.objects.of(token).first()
    if link is None:
        raise Http404
    if request.user.is_authenticated:
        messages.info(request, _("You are in already. That link is for somebody who has no account yet."))
        return redirect("/messaging/")
    form = NewcomerForm(request.POST or None)
    try:
        newcomer = _join(form, link, token) if request.method == "POST" else _check_it_stands(link)
    except LinkIsOver:
        link.refresh_from_db()
        return render(request, "accounts/join_over.html", {"link": link}, status=410)
    if newcomer is None:
        return render(request, "accounts/join.html", {"form": form})
    login(request, newcomer, backend=BACKEND)
    ask_for_proof(request, newcomer)
    return redirect("/messaging/")


def _join(form, link, token):
    """Save and return the newcomer; or return None, and the form says why not."""
    _check_it_stands(link)  # before the form, which tells whether a user name is taken
    if not form.is_valid():
        return None
    try:
        return join_by(token=token, newcomer=form.save(commit=False))
    except ValidationError as error:
        form.add_error(None, error)


def _check_it_stands(link):
    if not InviteLink.objects.standing().filter(pk=link.pk).exists():
        raise LinkIsOver


class ConfirmEmail(ConfirmEmailView):
    """The page a letter's link leads to. It proves that an address is somebody's, not who has opened the link."""

    def post(self, *args, **kwargs):
        """Of two at once who follow it, one confirms the address; and of two people whose address it may be, one."""
        asked = self.get_object().email_address
        try:
            with transaction.atomic():
                waiting = EmailAddress.objects.select_for_update().filter(verified=False)
                get_object_or_404(waiting, pk=asked.pk)
                return super().post(*args, **kwargs)
        except IntegrityError:
            return redirect(self.request.path)

    def logout_other_user(self, confirmation):
        """Do nothing. allauth would sign out who opens a link that was sent to somebody else."""


confirm_email = never_cache(ConfirmEmail.as_view())
