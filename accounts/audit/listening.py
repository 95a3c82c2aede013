"""What the audit log notes by signals, whatever page or command caused it, in the same transaction."""

from allauth.account.utils import filter_users_by_email
from django.contrib.auth.signals import user_logged_in, user_login_failed
from django.db.models.signals import post_save, pre_delete
from django.dispatch import receiver

from ..actions.noting import note, person
from ..models import User
from ..signals import address_changed, password_changed
from .asking import asker


@receiver(user_logged_in)
def note_sign_in(sender, user, **kwargs):
    note("session.begun", by=user)


@receiver(user_login_failed)
def note_failed_sign_in(sender, credentials, **kwargs):
    """Noted for an unknown name too, so that the time does not tell who has an account.

    The name itself is not kept, because people type passwords there.
    """
    known = _owner_of(credentials)
    note("session.refused", by=None, **({"on": person(known)} if known else {}))


@receiver(password_changed)
def note_password(sender, user, **kwargs):
    by = asker().person
    if by == user:
        note("password.changed", by=user)
    else:
        note("password.reset", by=by, on=person(user))


@receiver(address_changed)
def note_address(sender, user, **kwargs):
    note("person.address_changed", by=asker().person, on=person(user))


@receiver(post_save, sender=User)
def note_administrator(sender, instance, created, raw=False, **kwargs):
    """The first administrator, and those made by a command on the server."""
    if created and instance.is_superuser and not raw:
        note("person.promoted", by=asker().person, on=person(instance))


@receiver(pre_delete, sender=User)
def note_end(sender, instance, **kwargs):
    if not instance.is_for_trial:
        note("person.deleted", by=asker().person, on=person(instance))


def _owner_of(credentials):
    """The person with this user name or address, or None. It always takes the same queries."""
    name = credentials.get("username") or credentials.get("email") or ""
    by_address = list(filter_users_by_email(name, prefer_verified=True))
    by_name = list(User.objects.filter(username__iexact=name))
    return next(iter(by_name + by_address), None)
