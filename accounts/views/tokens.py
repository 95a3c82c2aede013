"""The page on which a person makes access tokens and ends them."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from .. import actions
from ..forms import TokenForm
from ..models import AccessToken


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def tokens(request):
    """The form, and one's tokens. The secret of a new token is only shown in the answer to the form."""
    form = TokenForm(request.POST or None)
    made = form.is_valid() and _make(request.user, form)
    mine = request.user.access_tokens.order_by("-made_at", "-pk")
    context = {"form": TokenForm() if made else form, "made": made, "tokens": mine}
    return render(request, "accounts/tokens.html", context)


@login_required
@require_POST
def end(request, token_id):
    try:
        actions.end_token(by=request.user, token_id=token_id)
    except AccessToken.DoesNotExist as error:
        raise Http404(str(error)) from error
    messages.success(request, _("The token is ended: it opens nothing any more."))
    return redirect("accounts:tokens")


def _make(user, form):
    """Make a token and return {token, secret}; or return None, and the form says why not."""
    try:
        token, secret = actions.make_token(by=user, **form.cleaned_data)
    except ValidationError as error:
        form.add_error(None, error)
        return None
    return {"token": token, "secret": secret}
