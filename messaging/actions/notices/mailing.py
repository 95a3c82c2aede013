"""Letters to people who are away: one for all that is still unread, never two about the same."""

import logging
from datetime import datetime, timedelta
from itertools import islice
from smtplib import SMTPDataError, SMTPRecipientsRefused
from typing import NamedTuple

from django.contrib.auth import get_user_model
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.utils import timezone, translation

from accounts.addresses import with_address
from accounts.mail import has_a_way_out
from live.language import language_for

from ...mail import letters
from ...mail.times import is_due, need_no_rest, rest
from ...models import Notification, NotificationWishes
from ...queries import notices

log = logging.getLogger("messaging.mailing")

WAIT = timedelta(minutes=5)  # in which people who are about read it themselves
MOST_AT_ONCE = 200  # letters in one round
MOST_TOLD = 50  # notifications in one letter; the rest is counted
ENOUGH = 2  # letters in a row that did not even come as far as to be refused: each keeps the worker waiting
REFUSALS = (SMTPRecipientsRefused, SMTPDataError)  # of one address or letter; the next may be welcome


class NothingLeft(Exception):
    """Not one letter of a round left."""


def mail_digests():
    """Write to everybody whose letter is due; returns how many letters left. Several may try at once.

    Whose letter does not leave keeps nobody else waiting. As long as mail has no way out nothing counts as told.
    """
    if not has_a_way_out():
        return 0
    errors = list(islice(_write(), MOST_AT_ONCE))
    if errors and None not in errors:
        raise NothingLeft(f"Letters that did not leave: {len(errors)}, the last for {_in_short(errors[-1])}")
    return errors.count(None)


def stop_letters(*, user_id):
    """No more letters; whoever asks for it need not be signed in, only hold the link of one."""
    if get_user_model().objects.filter(pk=user_id).exists():
        NotificationWishes.objects.update_or_create(
            user_id=user_id, defaults={"digest": NotificationWishes.Digest.NEVER}
        )


def _write():
    """For each letter the error by which it did not leave, or None."""
    in_vain = 0
    for user in list(_waiting()):
        if in_vain == ENOUGH:
            return
        if is_due(user, timezone.now()) and (taken := _take(user)):
            error = _bring(user, taken)
            in_vain = in_vain + 1 if _meets_everybody(error) else 0
            yield error


def _waiting():
    """People with an address and something unread for long enough, who did not say that they want no letters."""
    old = Notification.objects.filter(read_at=None, emailed_at=None, created_at__lte=timezone.now() - WAIT)
    people = get_user_model().objects.filter(pk__in=old.values("user"), is_active=True)
    wanting = with_address(people).exclude(notification_wishes__digest=NotificationWishes.Digest.NEVER)
    return wanting.select_related("notification_wishes").order_by("pk")


class Taken(NamedTuple):
    """What one letter tells, the moment it was taken, and when the letter before was sent."""

    ids: list
    at: datetime
    before: datetime | None


@transaction.atomic
def _take(user):
    """The Taken that no other letter tells any more; None for who comes second, or has nothing to be told."""
    NotificationWishes.objects.get_or_create(user=user)
    wishes = NotificationWishes.objects.select_for_update(no_key=True).get(user=user)
    unread = notices.of(user.pk).filter(read_at=None, emailed_at=None, message__deleted_at=None)
    taken = Taken(list(unread.values_list("pk", flat=True)), timezone.now(), wishes.digest_sent_at)
    if not taken.ids:
        return None
    Notification.objects.filter(pk__in=taken.ids).update(emailed_at=taken.at)
    NotificationWishes.objects.filter(user=user).update(digest_sent_at=taken.at)
    return taken


@transaction.atomic
def _put_back(user, taken):
    """As if that letter had never been written."""
    Notification.objects.filter(pk__in=taken.ids).update(emailed_at=None)
    NotificationWishes.objects.filter(user=user, digest_sent_at=taken.at).update(digest_sent_at=taken.before)


def _bring(user, taken):
    try:
        _send(user, taken.ids)
    except Exception as error:
        _put_back(user, taken)
        rest(user.pk, timezone.now())
        log.warning("The letter to person %s did not leave: %s", user.pk, _in_short(error))
        return error
    need_no_rest(user.pk)
    return None


def _send(user, ids):
    with translation.override(language_for(user)):
        told = notices.told(Notification.objects.filter(pk__in=ids[:MOST_TOLD]).order_by("pk"))
    letter = letters.digest(user, told, more=len(ids) - len(told))
    mail = EmailMultiAlternatives(letter.subject, letter.text, None, [user.email], headers=letter.headers)
    mail.attach_alternative(letter.html, "text/html")
    mail.send()


def _meets_everybody(error):
    """Whether the mail server or the way to it is in trouble, and not this letter or its address."""
    return isinstance(error, OSError) and not isinstance(error, REFUSALS)


def _in_short(error):
    """Without the words of the mail server: they may repeat the address, or the letter."""
    codes = [code for code, _ in getattr(error, "recipients", {}).values()]
    return f"{type(error).__name__} {codes[0] if codes else getattr(error, 'smtp_code', '')}".strip()
