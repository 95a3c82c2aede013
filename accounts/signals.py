"""What accounts tell the rest of the house, inside the transaction that changes them."""

from django.dispatch import Signal

person_changed = Signal()  # user: others see another name or picture of theirs
password_turned = Signal()  # user: they have another password
address_turned = Signal()  # user: another address, or none, is their primary one
account_turned = Signal()  # user: their account is in use again, or no longer
