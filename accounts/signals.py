"""What people tell the rest of the house about themselves, inside the transaction that changes it."""

from django.dispatch import Signal

person_changed = Signal()  # user: others see another name or picture of theirs
