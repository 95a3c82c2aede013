"""Outgoing webhooks: made, changed, switched on and off, given another secret, removed; and a delivery sent again."""

from urllib.parse import urlsplit

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from boards.actions.noting import note_on
from boards.wording import one_line

from ...hooks.places import check_url
from ...models import Delivery, OutgoingHook
from ...models.outgoing_hook import random_secret
from ..noting import note_in
from ..rooms.opening import lock_room
from .bots import bot_of, give_up_waiting, lock_board

Event, State = OutgoingHook.Event, Delivery.State
MOST = 20  # of one board, with those of its rooms


@transaction.atomic
def make_room_hook(*, by, conversation_id, bot_id, url, events, word=""):
    """What happens in the room is told to this address, from now on."""
    room = lock_room(conversation_id, by)
    return _make(OutgoingHook(board_id=room.board_id, room=room, made_by=by), by, bot_id, url, events, word)


@transaction.atomic
def make_board_hook(*, by, board_id, bot_id, url, events, word=""):
    """What happens in all rooms that are open to everybody on the board, and to its cards."""
    board = lock_board(board_id, by)
    return _make(OutgoingHook(board=board, made_by=by), by, bot_id, url, events, word)


@transaction.atomic
def change_outgoing_hook(*, by, hook_id, bot_id, url, events, word=""):
    return _put(lock_outgoing_hook(hook_id, by), by, bot_id, url, events, word)


@transaction.atomic
def switch_outgoing_hook(*, by, hook_id, on):
    """Off, it hears nothing, and what still waits is given up; on, it hears what happens from then on."""
    hook = lock_outgoing_hook(hook_id, by)
    if on and hook.bot.is_removed:
        raise ValidationError(_("Its bot was removed: choose another one first."))
    hook.is_on, hook.failing_since = on, None
    hook.save(update_fields=["is_on", "failing_since"])
    if not on:
        give_up_waiting(hook.deliveries)
    return hook


@transaction.atomic
def renew_outgoing_secret(*, by, hook_id):
    """Another secret, by which all that is sent from now on is signed."""
    hook = lock_outgoing_hook(hook_id, by)
    hook.secret = random_secret()
    hook.save(update_fields=["secret"])
    _note("webhook.signed_anew", hook, by)
    return hook


@transaction.atomic
def remove_outgoing_hook(*, by, hook_id):
    """With it goes what is known of its deliveries."""
    hook = lock_outgoing_hook(hook_id, by)
    _note("webhook.ended", hook, by)
    hook.delete()
    return hook


@transaction.atomic
def send_again(*, by, delivery_id):
    """Another delivery of the same event, as it stands now, after all that waits."""
    delivery = Delivery.objects.filter(pk=delivery_id).first()
    hook = lock_outgoing_hook(delivery and delivery.hook_id, by)
    if not hook.is_on:
        raise ValidationError(_("The webhook is switched off: switch it on first."))
    if delivery.state == State.WAITING:
        return _try_now(delivery)
    about = {"message_id": delivery.message_id, "task_id": delivery.task_id}
    return Delivery.objects.create(hook=hook, event=delivery.event, **about)


def lock_outgoing_hook(hook_id, by):
    """The hook, with its room or board locked, for who manages that; the same refusal for one that there is not."""
    hook = OutgoingHook.objects.filter(pk=hook_id).first()
    try:
        if hook and hook.room_id:
            lock_room(hook.room_id, by)
        else:
            lock_board(hook and hook.board_id, by)
    except PermissionDenied as error:
        raise PermissionDenied(_("You may not do that here.")) from error
    return (
        OutgoingHook.objects.select_for_update(of=("self",), no_key=True)
        .select_related("bot__user")
        .get(pk=hook_id)
    )


def _try_now(delivery):
    """Without waiting for its pause to end; one that was never tried waits for others, or is due already."""
    Delivery.objects.waiting().filter(pk=delivery.pk).exclude(error="").update(due_at=timezone.now())
    return delivery


def _make(hook, by, bot_id, url, events, word):
    if OutgoingHook.objects.filter(board=hook.board_id).count() >= MOST:
        raise ValidationError(_("A board has at most %(most)d outgoing webhooks."), params={"most": MOST})
    return _put(hook, by, bot_id, url, events, word)


def _put(hook, by, bot_id, url, events, word):
    before = hook.url
    hook.bot, hook.url, hook.word = bot_of(hook.board_id, bot_id), check_url(url), _word(word)
    hook.events = _events(events, hook)
    hook.save()
    if hook.url != before:
        _note("webhook.directed", hook, by)
    return hook


def _note(word, hook, by):
    """Where it goes is told by its host alone: what follows may be a secret."""
    host = urlsplit(hook.url).netloc
    if hook.room_id:
        note_in(hook.room, word, by=by, host=host)
    else:
        note_on(hook.board, word, by=by, host=host)


def _word(word):
    word = one_line(word, limit=40, field="word") if word.strip() else ""
    if " " in word:
        raise ValidationError(_("Please give one word, such as /deploy."))
    return word


def _events(events, hook):
    """In one order. A word is of new messages, and cards are of the board."""
    if hook.word:
        return [Event.CHAT_MESSAGE]
    known = [event for event in Event.of(room=hook.room_id) if event in events]
    if not known:
        raise ValidationError(_("Please choose what is told."))
    return known
