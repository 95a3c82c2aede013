"""Ending invite links before their time: one alone, or all of a person who may not invite any more."""

from django.utils import timezone

from live.language import for_everybody

from .noting import note


def take_back_links_of(user, by):
    for link in user.invite_links.standing().select_for_update(no_key=True).order_by("pk"):
        take_back(link, by)


def take_back(link, by):
    link.taken_back_at = timezone.now()
    link.save(update_fields=["taken_back_at"])
    note("invite_link.ended", by=by, on=invite_link(link))


def invite_link(link):
    """A link as the `on` of an audit entry: its token is never noted."""
    with for_everybody():
        return "invite_link", link.pk, link.for_whom
