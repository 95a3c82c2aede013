"""The page of how it is."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from ..policy import may_see_how_it_is
from .page import how_it_is


@require_safe
@never_cache
@login_required
def show(request):
    if not may_see_how_it_is(request.user):
        raise PermissionDenied("Only administrators see how it is.")
    return render(request, "operations/how_it_is.html", how_it_is())
