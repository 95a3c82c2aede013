"""Who may see how the whole is."""

from accounts.policy import may_look_after_people


def may_see_how_it_is(user):
    """Administrators: it names machines, paths and versions."""
    return may_look_after_people(user)
