"""What boards do when a person's name, picture or account changes, and when somebody comes by an invite link."""

from django.dispatch import receiver

from accounts import signals

from .actions import keep_boards_owned, put_on_board, show_person_anew


@receiver(signals.person_changed)
def show_anew(sender, user, **kwargs):
    show_person_anew(user=user)


@receiver(signals.is_active_changed)
def keep_owned(sender, user, **kwargs):
    keep_boards_owned(user=user)


@receiver(signals.joined)
def bring_onto_board(sender, user, link, **kwargs):
    put_on_board(user=user, link=link)
