"""The page of one's notification settings, subscribing to pushes, and the link that stops e-mails."""

from django.contrib import messages
from django.contrib.auth import get_user_model
from django.http import Http404, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods

from accounts.addresses import with_address
from accounts.zones import zone

from ...actions import add_browser, keep_wishes, remove_browser, stop_letters
from ...forms import WishesForm
from ...mail import letters
from ...models import Conversation, Membership
from ...push import keys
from ...queries import places, wishes
from ..asked import ids_in
from ..doors import form, page_with_form, way_back


@page_with_form
@cache_control(private=True, no_store=True)
def notification_wishes(request):
    said = WishesForm(request.POST or None, instance=wishes.of(request.user))
    if request.method == "POST" and said.is_valid():
        keep_wishes(by=request.user, **said.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("messaging:notification_wishes")
    context = {
        "form": said,
        "zone": zone(request.user.time_zone),
        "browsers": request.user.push_subscriptions.order_by("-created_at"),
        "here": request.session.session_key,
        "chosen": _chosen(request.user),
        "push_key": keys.public_key(),
        "is_written_to": with_address(get_user_model().objects.filter(pk=request.user.pk)).exists(),
    }
    return render(request, "messaging/own/notification_wishes.html", context)


@form
@sensitive_variables("said")
def subscribe(request):
    """Takes {endpoint, p256dh, auth} of this browser's push subscription."""
    said = {name: request.POST.get(name, "") for name in ("endpoint", "p256dh", "auth")}
    add_browser(
        by=request.user,
        session_key=request.session.session_key,
        browser=request.headers.get("User-Agent", ""),
        **said,
    )
    return JsonResponse({"on": True}, status=201)


@form
def unsubscribe_browser(request):
    """Remove the browser with this `endpoint`, or with this `id`."""
    id = next(iter(ids_in(request.POST, "id")), None)
    remove_browser(by=request.user, id=id, endpoint=request.POST.get("endpoint"))
    return way_back(request)


@csrf_exempt  # a mail program posts here for its person (RFC 8058): the signed token is what lets it in
@require_http_methods(["GET", "HEAD", "POST"])
@cache_control(private=True, no_store=True)
def unsubscribe(request, token):
    """Only a POST stops e-mails: mail programs and virus scanners open every link."""
    user_id = letters.person_of(token)
    if user_id is None:
        raise Http404("There is no such page.")
    if request.method == "POST":
        stop_letters(user_id=user_id)
    return render(request, "messaging/own/unsubscribe.html", {"is_done": request.method == "POST"})


def _chosen(user):
    """[{name, url, level}] of the conversations whose level is not the default, at most 100."""
    mine = Membership.objects.filter(user=user, conversation__in=Conversation.objects.visible_to(user))
    theirs = mine.select_related("conversation__task").order_by("conversation__name")
    return [_choice(one) for one in theirs if one.level != one.conversation.default_level][:100]


def _choice(membership):
    conversation = membership.conversation
    is_direct = conversation.kind == conversation.Kind.DIRECT
    name = _("Direct conversation") if is_direct else places.name_for(conversation, ())
    return {"name": name, "url": conversation.url, "level": membership.get_level_display()}
