"""The ways in for those who have no account yet."""

from django.contrib.auth import login
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from .. import first_admin
from ..forms import FirstAdministratorForm

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def first(request, token):
    """Makes the first administrator. A link used, grown old or forged leads nowhere."""
    if not first_admin.is_good(token):
        raise Http404
    form = FirstAdministratorForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        login(request, form.save(), backend=BACKEND)
        return redirect("boards:list")
    return render(request, "accounts/first.html", {"form": form})
