"""What boards do when people tell that they are called or look otherwise."""

from django.dispatch import receiver

from accounts import signals

from .actions import show_person_anew


@receiver(signals.person_changed)
def show_anew(sender, user, **kwargs):
    show_person_anew(user=user)
