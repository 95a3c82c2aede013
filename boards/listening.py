"""What boards do when people tell that they look otherwise, or that their account is in use or not."""

from django.dispatch import receiver

from accounts import signals

from .actions import keep_boards_owned, show_person_anew


@receiver(signals.person_changed)
def show_anew(sender, user, **kwargs):
    show_person_anew(user=user)


@receiver(signals.account_turned)
def keep_owned(sender, user, **kwargs):
    keep_boards_owned(user=user)
