"""Incoming webhooks: made, given another secret, removed; and what is said by one."""

import secrets
import uuid
from datetime import timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ...models import IncomingHook
from ...models.incoming_hook import digest_of
from ..noting import note_in
from ..rooms.opening import lock_room
from ..saying.posting import post_message
from .bots import bot_of

MOST = 20  # of one room
NOTED_EVERY = timedelta(minutes=1)  # when it was used last
RETRIES = uuid.UUID("8d2b1f0c-6a53-4d0e-9a8e-0b3f6c1d7e52")  # where keys of retries become names of messages


class RoomArchived(PermissionDenied):
    """Nothing is said in the room until it is opened again."""


class BotRemoved(PermissionDenied):
    """Nothing is ever said here again."""


@transaction.atomic
def make_incoming_hook(*, by, conversation_id, bot_id):
    """(hook, secret): by this address the bot speaks in the room. The secret is told this once."""
    room = lock_room(conversation_id, by)
    if room.incoming_hooks.count() >= MOST:
        raise ValidationError(_("A room has at most %(most)d incoming webhooks."), params={"most": MOST})
    secret = secrets.token_urlsafe(32)
    bot = bot_of(room.board_id, bot_id)
    hook = IncomingHook.objects.create(room=room, bot=bot, digest=digest_of(secret), made_by=by)
    note_in(room, "webhook.opened", by=by, bot=bot.user.name)
    return hook, secret


@transaction.atomic
def renew_incoming_hook(*, by, hook_id):
    """(hook, secret): another secret; with the old one nobody speaks from now on."""
    hook = _lock(hook_id, by)
    secret = secrets.token_urlsafe(32)
    hook.digest = digest_of(secret)
    hook.save(update_fields=["digest"])
    note_in(hook.room, "webhook.renewed", by=by, bot=hook.bot.user.name)
    return hook, secret


@transaction.atomic
def remove_incoming_hook(*, by, hook_id):
    """Its room, from which nobody speaks by it any more."""
    hook = _lock(hook_id, by)
    note_in(hook.room, "webhook.closed", by=by, bot=hook.bot.user.name)
    hook.delete()
    return hook.room


def say_by_hook(hook, *, text, client_id=None, retry_key=None):
    """What the bot said. The same `client_id`, or `retry_key` of this hook, finds the message that it made."""
    if hook.bot.is_removed:
        raise BotRemoved(_("The bot of this webhook was removed. Ask who runs the room for another webhook."))
    if hook.room.archived_at:
        raise RoomArchived(_("The room is archived. Open it again, and send this once more."))
    if retry_key and not client_id:
        client_id = uuid.uuid5(RETRIES, f"{hook.pk} {retry_key}")
    message = post_message(conversation_id=hook.room_id, author=hook.bot.user, body=text, client_id=client_id)
    _note_use(hook)
    return message


def _note_use(hook):
    now = timezone.now()
    if hook.used_at is None or now - hook.used_at > NOTED_EVERY:
        IncomingHook.objects.filter(pk=hook.pk).update(used_at=now)


def _lock(hook_id, by):
    """The hook, with its room locked, for who runs that; the same refusal for one that there is not."""
    hook = IncomingHook.objects.select_related("bot__user").filter(pk=hook_id).first()
    if hook is None:
        raise PermissionDenied(_("You may not do that here."))
    room = lock_room(hook.room_id, by)
    hook.refresh_from_db(fields=["digest"])  # it may have been removed meanwhile
    hook.room = room
    return hook
