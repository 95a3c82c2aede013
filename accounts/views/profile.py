"""One's own profile page, picture and browsers."""

from allauth.decorators import rate_limit
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404
from django.shortcuts import redirect, render
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from live.language import speak_to

from ..forms import ProfileForm
from ..models import User
from ..pictures import faces
from ..policy import may_look_after_people
from ..sessions import browsers

YEAR = 365 * 24 * 3600  # seconds


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@rate_limit(action="appearance")
def profile(request):
    form = ProfileForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        # Save no other fields: an administrator may have deactivated the account since the page was loaded.
        form.save(commit=False).save(update_fields=list(form.fields))
        speak_to(request.user, request)  # the notice, too, in what they have just chosen
        messages.success(request, _("Saved."))
        return redirect("accounts:profile")
    if form.errors:
        request.user.refresh_from_db()  # the form has put refused values on it, which the page must not show
    mine = browsers.browsers_of(request.user.pk, request.session.session_key)
    return render(request, "accounts/profile.html", {"form": form, "browsers": mine})


@login_required
@require_POST
@rate_limit(action="appearance")
def change_face(request):
    """Use the uploaded file `face`, cut to a square, as one's picture."""
    try:
        file = request.FILES.get("face")
        if file is None:
            raise ValidationError(_("Please choose a picture first."))
        _wear(request.user, faces.keep_face(file))
        messages.success(request, _("Your picture is changed."))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("accounts:profile")


@login_required
@require_POST
@rate_limit(action="appearance")
def remove_face(request):
    _wear(request.user, "")
    return redirect("accounts:profile")


@login_required
@require_safe
@cache_control(private=True, max_age=YEAR, immutable=True)
def face(request, key, size):
    """The picture of somebody whom one may see. A key names the same picture for ever, so browsers may cache it."""
    if size not in faces.SIZES or not _people_seen_by(request.user).filter(avatar=key).exists():
        raise Http404(_("There is no such picture."))
    try:
        stored = default_storage.open(faces.path_of(key, size))
    except FileNotFoundError as error:
        raise Http404(_("There is no such picture.")) from error
    response = FileResponse(stored, content_type="image/webp")
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response


@login_required
@require_POST
def sign_out_there(request, handle):
    if not browsers.sign_out_of(request.user.pk, handle):
        raise Http404(_("There is no such browser."))
    return redirect("accounts:profile")


@login_required
@require_POST
def sign_out_elsewhere(request):
    browsers.sign_out_elsewhere(request.user.pk, request.session.session_key)
    return redirect("accounts:profile")


def _people_seen_by(user):
    """The people this user shares something with (settings.PEOPLE_SEEN); administrators see everybody."""
    return User.objects if may_look_after_people(user) else import_string(settings.PEOPLE_SEEN)(user)


def _wear(user, key):
    """Save the new picture first, and then delete the old one, which nobody has any more."""
    old, user.avatar = user.avatar, key
    user.save(update_fields=["avatar"])
    faces.drop_face(old)
