"""Who may do what with other people's accounts."""


def may_look_after_people(user):
    """Invite, deactivate, make administrators. None is whoever has the machine, at its shell."""
    return user is None or bool(user.is_authenticated and user.is_active and user.is_superuser)
