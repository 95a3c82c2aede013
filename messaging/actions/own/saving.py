"""Keeping a message for later."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ...models import Message, Saved
from ..notices.inboxes import next_inbox_revision

MOST_SAVED = 1_000  # that one person keeps at a time
FURTHEST = timedelta(days=366)  # ahead that one may be reminded


@transaction.atomic
def save_message(*, by, message_id, remind_at=None):
    """The message as this person keeps it, to be reminded of at `remind_at` if that is given.

    Saving it again sets another time, or none. Keeping what is kept already is no change.
    """
    message = _readable(message_id, by)
    _check_time(remind_at)
    saved = Saved.objects.filter(user=by, message=message).first()
    if saved and saved.done_at is None and saved.remind_at == remind_at:
        return saved
    if saved is None and Saved.objects.of(by).filter(done_at=None).count() >= MOST_SAVED:
        raise ValidationError(
            _("You keep %(most)d messages already: please be done with some first."),
            params={"most": MOST_SAVED},
        )
    wanted = {"remind_at": remind_at, "reminded_at": None, "done_at": None}
    wanted["inbox_revision"] = next_inbox_revision(by.pk)
    return Saved.objects.update_or_create(user=by, message=message, defaults=wanted)[0]


@transaction.atomic
def finish_saved(*, by, message_id):
    """Done with it. Returns what was kept, or None when there was nothing; being done twice is no change."""
    saved = Saved.objects.filter(user=by, message=message_id, done_at=None).first()
    if saved:
        saved.done_at, saved.inbox_revision = timezone.now(), next_inbox_revision(by.pk)
        saved.save(update_fields=["done_at", "inbox_revision"])
    return saved


def _readable(message_id, by):
    message = Message.objects.readable_by(by).filter(pk=message_id).first()
    if message is None:
        raise Message.DoesNotExist(_("There is no such message."))
    return message


def _check_time(remind_at):
    if remind_at and remind_at > timezone.now() + FURTHEST:
        raise ValidationError(_("Please choose a time within a year."))
