"""What the audit log hears of accounts through whatever door it came, inside the transaction that changes them."""

from allauth.account.utils import filter_users_by_email
from django.contrib.auth.signals import user_logged_in, user_login_failed
from django.db.models.signals import post_save, pre_delete
from django.dispatch import receiver

from .actions.noting import note, person
from .asking import asker
from .models import User
from .signals import address_turned, password_turned


@receiver(user_logged_in)
def note_sign_in(sender, user, **kwargs):
    note("session.begun", by=user)


@receiver(user_login_failed)
def note_refusal(sender, credentials, **kwargs):
    """Also where nobody has that name, which is not kept: it may be a password, and the time tells who is here."""
    known = _called(credentials)
    note("session.refused", by=None, **({"on": person(known)} if known else {}))


@receiver(password_turned)
def note_password(sender, user, **kwargs):
    by = asker().person
    if by == user:
        note("password.changed", by=user)
    else:
        note("password.reset", by=by, on=person(user))


@receiver(address_turned)
def note_address(sender, user, **kwargs):
    note("person.address_changed", by=asker().person, on=person(user))


@receiver(post_save, sender=User)
def note_administrator(sender, instance, created, raw=False, **kwargs):
    """The first one, and those made at the server."""
    if created and instance.is_superuser and not raw:
        note("person.promoted", by=asker().person, on=person(instance))


@receiver(pre_delete, sender=User)
def note_end(sender, instance, **kwargs):
    if not instance.is_for_trial:
        note("person.deleted", by=asker().person, on=person(instance))


def _called(credentials):
    """Whose account it was tried with, by any name that one signs in with; as many questions whoever it is."""
    name = credentials.get("username") or credentials.get("email") or ""
    by_address = list(filter_users_by_email(name, prefer_verified=True))
    by_name = list(User.objects.filter(username__iexact=name))
    return next(iter(by_name + by_address), None)
