"""What boards do when a person's name, picture or account changes."""

from django.dispatch import receiver

from accounts import signals

from .actions import keep_boards_owned, show_person_anew


@receiver(signals.person_changed)
def show_anew(sender, user, **kwargs):
    show_person_anew(user=user)


@receiver(signals.is_active_changed)
def keep_owned(sender, user, **kwargs):
    keep_boards_owned(user=user)
