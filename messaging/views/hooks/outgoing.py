"""The page of one outgoing webhook: its settings, and what became of each delivery."""

from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ... import actions, policy
from ...models import Bot, OutgoingHook
from ...queries.snapshots import address
from ..asked import id_in
from ..doors import form, signed_in, way_back

LISTED = 50  # deliveries, latest first


@signed_in
@require_safe
def page(request, hook_id):
    known = policy.hooks_with_roles(request.user).select_related("room", "board", "bot__user")
    hook = known.filter(pk=hook_id).first()
    if hook is None or not policy.may_run_hook_as_found(hook):
        raise Http404("There is no such page.")
    return render(request, "messaging/hooks/webhook.html", _told(hook))


@form
def change(request, hook_id):
    """What `do` says: switch it "on" or "off", "renew" its secret, "remove" it; otherwise change its settings."""
    which = {"by": request.user, "hook_id": hook_id}
    match request.POST.get("do"):
        case "on" | "off" as wanted:
            hook = actions.switch_outgoing_hook(**which, on=wanted == "on")
        case "renew":
            return shown_with_secret(request, actions.renew_outgoing_secret(**which))
        case "remove":
            return actions.remove_outgoing_hook(**which).list_page
        case _:
            hook = actions.change_outgoing_hook(**which, **asked_of_hook(request))
    return hook.page


@form
def again(request, delivery_id):
    return way_back(request, actions.send_again(by=request.user, delivery_id=delivery_id).hook.page)


def asked_of_hook(request):
    asked = request.POST
    return {
        "bot_id": id_in(asked, "bot"),
        "url": asked.get("url", ""),
        "events": asked.getlist("events"),
        "word": asked.get("word", ""),
    }


def shown_with_secret(request, hook):
    """The only page that shows the webhook's secret."""
    return render(request, "messaging/hooks/webhook_made.html", {"hook": hook})


def _told(hook):
    deliveries = hook.deliveries.select_related("message__conversation", "task").order_by("-pk")[:LISTED]
    return {
        "hook": hook,
        "deliveries": [(one, one.task.url if one.task else address(one.message)) for one in deliveries],
        "waiting": hook.deliveries.waiting().count(),
        "bots": Bot.objects.filter(board=hook.board_id, user__is_active=True).select_related("user"),
        "events": OutgoingHook.Event.of(room=hook.room_id),
    }
