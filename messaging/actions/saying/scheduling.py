"""Messages that are posted later, at a time their author chose."""

from datetime import timedelta
from uuid import uuid4

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from live.language import language_for

from ... import policy
from ...models import Conversation, Errand, Scheduled
from ...text.wording import clean_body
from ..notices.inboxes import next_inbox_revision
from .posting import post_message

MOST_WAITING = 100  # of one person
FURTHEST = timedelta(days=366)


@transaction.atomic
def schedule_message(*, conversation_id, by, body, send_at, reply_to=None, client_id=None):
    """What will be posted at `send_at`. Scheduling the same `client_id` again finds what it made."""
    made = Scheduled.objects.filter(client_id=client_id, author=by).first() if client_id else None
    if made:
        return made
    conversation = Conversation.objects.filter(pk=conversation_id).first()
    if conversation is None or not policy.may_post(by, conversation):
        raise PermissionDenied(_("You may not do that here."))
    if _waiting(by).count() >= MOST_WAITING:
        raise ValidationError(
            _("%(most)d messages of yours wait to be sent already."), params={"most": MOST_WAITING}
        )
    scheduled = Scheduled(conversation=conversation, author=by, client_id=client_id or uuid4())
    scheduled.reply_to = conversation.messages.filter(pk=reply_to).first() if reply_to else None
    return _put(scheduled, body, send_at)


@transaction.atomic
def reschedule_message(*, by, scheduled_id, body=None, send_at=None):
    """Other words, another time. One that could not be posted is tried again then."""
    scheduled = _lock(scheduled_id, by)
    scheduled.refusal = ""
    return _put(scheduled, scheduled.body if body is None else body, send_at or scheduled.send_at)


@transaction.atomic
def cancel_scheduled(*, by, scheduled_id):
    scheduled = _lock(scheduled_id, by)
    return _become(scheduled, body="", cancelled_at=timezone.now())


def send_now(*, by, scheduled_id):
    """Post it at once instead; returns it, with the refusal if it could not be posted."""
    return _send(scheduled_id, author=by) or _gone()


def send_scheduled(scheduled_id):
    """Post it, if its time has come; safe to repeat, and to die in: it is posted once, under its client_id."""
    _send(scheduled_id, send_at__lte=timezone.now(), refusal="")


@transaction.atomic
def _send(scheduled_id, **which):
    """Its row is held until it is known what became of it: whoever cancels comes before, or too late."""
    waiting = Scheduled.objects.select_for_update(of=("self",), no_key=True).filter(
        pk=scheduled_id, sent_at=None, cancelled_at=None, **which
    )
    scheduled = waiting.select_related("author", "conversation", "reply_to").first()
    if scheduled is None:
        return None
    try:
        message = post_message(
            conversation_id=scheduled.conversation_id,
            author=scheduled.author,
            body=scheduled.body,
            client_id=scheduled.client_id,
            reply_to=_answered(scheduled),
            inboxes=(scheduled.author_id,),
        )
    except (ValidationError, PermissionDenied) as refusal:
        return _become(scheduled, refusal=_words(refusal, scheduled.author))
    return _become(scheduled, body="", message=message, sent_at=timezone.now(), refusal="")


def _answered(scheduled):
    """What was cleared away meanwhile is not answered any more."""
    answered = scheduled.reply_to
    return answered.pk if answered and answered.seq > scheduled.conversation.cleared_seq else None


def _words(refusal, author):
    with translation.override(language_for(author)):
        if isinstance(refusal, PermissionDenied):
            return gettext("You may not post there any more.")
        return " ".join(refusal.messages)[:200]


def _put(scheduled, body, send_at):
    if send_at > timezone.now() + FURTHEST:
        raise ValidationError(_("Please choose a time within a year."))
    scheduled.body, scheduled.send_at = clean_body(body), send_at
    scheduled.inbox_revision = next_inbox_revision(scheduled.author_id)
    scheduled.save()
    Errand.objects.create(verb=Errand.Verb.SEND, noun_id=scheduled.pk, due_at=send_at)
    return scheduled


def _become(scheduled, **fields):
    for name, value in fields.items():
        setattr(scheduled, name, value)
    scheduled.inbox_revision = next_inbox_revision(scheduled.author_id)
    scheduled.save(update_fields=[*fields, "inbox_revision"])
    return scheduled


def _waiting(by):
    return Scheduled.objects.filter(author=by, sent_at=None, cancelled_at=None)


def _lock(scheduled_id, by):
    return _waiting(by).select_for_update(no_key=True).filter(pk=scheduled_id).first() or _gone()


def _gone():
    raise Scheduled.DoesNotExist(_("There is no such scheduled message: perhaps it was sent already."))
