"""Telling people who share no board with somebody that their name or picture has changed."""

from django.db import transaction
from django.db.models import F

from ... import policy
from ...models import Appearance, Inbox
from .inboxes import next_inbox_revisions


@transaction.atomic
def show_person_anew(*, user):
    """Each of them is told in their inbox; people on the same board hear it from the board."""
    revisions = next_inbox_revisions(policy.met_off_boards(user).values_list("pk", flat=True))
    appearances = [Appearance(user_id=id, person=user, inbox_revision=at) for id, at in revisions.items()]
    keys = {"unique_fields": ["user", "person"], "update_fields": ["inbox_revision"]}
    Appearance.objects.bulk_create(appearances, update_conflicts=True, **keys)
    Inbox.objects.filter(pk__in=revisions).update(people_revision=F("revision"))
