"""Who may do what with other people's accounts."""


def may_look_after_people(user):
    """See everybody, invite, deactivate, make administrators."""
    return user.is_authenticated and user.is_active and user.is_superuser
