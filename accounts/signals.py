"""Signals about accounts, sent inside the transaction that changes them."""

from django.dispatch import Signal

# Each is sent with `user`, as they are after the change.
person_changed = Signal()  # their user name, display name or picture
password_changed = Signal()
address_changed = Signal()  # their primary e-mail address
is_active_changed = Signal()
joined = Signal()  # they have just made an account by an invite link; also `link`
