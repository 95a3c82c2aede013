"""Deliveries on their way: in the order of their hook, tried again for a day, and then given up for all to see."""

import logging
from datetime import timedelta
from functools import partial
from time import monotonic
from uuid import uuid5

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, transaction
from django.db.models import F, Min
from django.utils import timezone

from ...hooks.sending import Outcome, Sending
from ...hooks.signing import headers_of
from ...hooks.telling import told_by
from ...models import Delivery, Notification, OutgoingHook
from ..notices.notifying import notify
from ..saying.posting import post_message
from .bots import give_up_waiting

log = logging.getLogger("messaging.hooks")
State = Delivery.State
AT_ONCE = 30  # hooks that are told at the same time
LEASE = timedelta(seconds=60)  # how long a claimed delivery is left to whoever claimed it
FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=10), timedelta(hours=1)
PATIENCE = timedelta(days=1)  # with a server that answers nothing, or no
KEPT = timedelta(days=7)  # after they are done
ROUND = 4  # seconds after which a sweep leaves the rest to the next, and the worker to other jobs


def deliver_due():
    """Tell what is due; several sweepers may run at once. Returns how many tries there were.

    Of each hook only the first that waits is ever tried: while it is, nobody else has the hook, and what comes after it
    waits until it is taken.
    """
    tries, until = 0, monotonic() + ROUND
    while monotonic() < until and (claimed := [one for one in _heads() if _claim(one)]):
        under_way = [(one, outcome) for one in claimed if (outcome := _set_out(one))]
        for delivery, outcome in under_way:
            _settle(delivery, outcome())
        tries += len(claimed)
    return tries


def forget_done_deliveries():
    return Delivery.objects.exclude(state=State.WAITING).filter(done_at__lt=timezone.now() - KEPT).delete()[0]


def _heads():
    firsts = Delivery.objects.waiting().order_by().values("hook").annotate(first=Min("pk")).values("first")
    due = Delivery.objects.filter(pk__in=firsts, due_at__lte=timezone.now(), hook__is_on=True)
    return list(due.select_related("hook__bot__user", "message__conversation", "task")[:AT_ONCE])


def _claim(delivery):
    """One conditional update, as of an errand."""
    asked = Delivery.objects.waiting().filter(pk=delivery.pk, due_at=delivery.due_at)
    delivery.attempts += 1
    return asked.update(due_at=timezone.now() + LEASE, attempts=F("attempts") + 1) == 1


def _set_out(delivery):
    """What waits for its Outcome; None when there is nothing to tell."""
    try:
        told = told_by(delivery)
        if told is None:
            delivery.delete()
            return None
        event, body = told
        return Sending(delivery.hook.url, body, headers_of(delivery, event, body)).outcome
    except Exception:  # whatever is wrong with one, the others are on their way
        log.exception("Delivery %s could not be told.", delivery.pk)
        return partial(Outcome, error="This could not be told.")


def _settle(delivery, outcome):
    try:
        wrong = _answer(delivery, outcome.reply) if outcome.reply and delivery.message_id else ""
        _note(delivery, outcome, wrong)
    except DatabaseError as error:  # it is tried again when its lease is over
        log.warning("What became of delivery %s was not noted: %s", delivery.pk, type(error).__name__)


def _answer(delivery, reply):
    """The bot's reply, under a name of this delivery alone; what was wrong with it, if it could not be posted."""
    message = delivery.message
    is_there = message.seq > message.conversation.cleared_seq and not message.is_system
    try:
        post_message(
            conversation_id=message.conversation_id,
            author=delivery.hook.bot.user,
            body=reply,
            client_id=uuid5(delivery.key, "reply"),
            reply_to=message.pk if is_there else None,
        )
    except ValidationError as refusal:
        return f"Its answer was not posted: {' '.join(refusal.messages)}"[:200]
    except PermissionDenied:
        return "Its answer was not posted: the bot may not speak there."
    return ""


@transaction.atomic
def _note(delivery, outcome, wrong):
    hook = OutgoingHook.objects.select_for_update(no_key=True).filter(pk=delivery.hook_id).first()
    if hook is None or not Delivery.objects.waiting().filter(pk=delivery.pk).exists():
        return  # it was given up while it was on its way
    delivery.status, delivery.error, delivery.took = outcome.status, outcome.error or wrong, outcome.took
    if outcome.error:
        _put_off(delivery, hook)
    else:
        delivery.state, delivery.done_at = State.DELIVERED, timezone.now()
        _fail(hook, since=None)
    delivery.save(update_fields=["status", "error", "took", "state", "done_at", "due_at"])


def _fail(hook, since):
    if hook.failing_since != since:
        hook.failing_since = since
        hook.save(update_fields=["failing_since"])


def _put_off(delivery, hook):
    now = timezone.now()
    _fail(hook, since=hook.failing_since or now)
    delivery.due_at = now + min(FIRST_PAUSE * 2 ** min(delivery.attempts - 1, 20), LONGEST_PAUSE)
    if now - hook.failing_since >= PATIENCE:
        _give_up(hook)
        delivery.state, delivery.done_at = State.GIVEN_UP, now


def _give_up(hook):
    hook.is_on = False
    hook.save(update_fields=["is_on"])
    give_up_waiting(hook.deliveries)
    if hook.made_by_id:
        notify(Notification.Kind.WEBHOOK, [hook.made_by_id], hook=hook)
