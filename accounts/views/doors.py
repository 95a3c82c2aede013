"""Decorators for the pages about other people, which only administrators may open."""

from functools import wraps

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from ..policy import may_look_after_people


def for_administrators(view):
    @login_required
    @wraps(view)
    def entered(request, *args, **kwargs):
        if not may_look_after_people(request.user):
            raise PermissionDenied(_("Only administrators look after people."))
        try:
            return view(request, *args, **kwargs)
        except ObjectDoesNotExist as error:
            raise Http404(str(error)) from error

    return entered


def change(view):
    """A form about one person. The view calls one action, and returns a sentence that says what was done."""

    @require_POST
    @for_administrators
    @wraps(view)
    def changed(request, user_id):
        try:
            messages.success(request, view(request, user_id))
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        return back(request, user_id)

    return changed


def back(request, user_id):
    """Redirect to that person's page; or to one's own, because one may no longer be an administrator."""
    return (
        redirect("accounts:profile") if user_id == request.user.pk else redirect("accounts:person", user_id)
    )
