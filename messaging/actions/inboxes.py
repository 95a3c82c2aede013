"""How anything personal is changed: under the lock of the person's inbox, with its next revision."""

from functools import partial

from django.db import transaction

from live import announce

from ..models import Inbox

MOST_AT_ONCE = 500


def next_inbox_revisions(user_ids):
    """{user id: the revision that a personal change of theirs now gets}; announced once it is committed.

    The rows are locked in ascending order of their people, after any conversation: nobody waits in a circle.
    """
    revisions = {}
    ids = sorted(set(user_ids))
    for start in range(0, len(ids), MOST_AT_ONCE):
        revisions.update(_next(ids[start : start + MOST_AT_ONCE]))
    return revisions


def lock_inboxes(user_ids):
    """Hold these from now on, for who will change them one after the other: the order of locking stays one."""
    if len(user_ids) > 1:
        _locked(user_ids)


def next_inbox_revision(user_id):
    return next_inbox_revisions([user_id])[user_id]


def _next(user_ids):
    inboxes = _locked(user_ids)
    if len(inboxes) < len(user_ids):
        missing = set(user_ids) - {inbox.pk for inbox in inboxes}
        Inbox.objects.bulk_create([Inbox(user_id=id) for id in sorted(missing)], ignore_conflicts=True)
        inboxes = _locked(user_ids)
    for inbox in inboxes:
        inbox.revision += 1
        transaction.on_commit(partial(announce, inbox.stream, inbox.revision))
    Inbox.objects.bulk_update(inboxes, ["revision"])
    return {inbox.pk: inbox.revision for inbox in inboxes}


def _locked(user_ids):
    return list(Inbox.objects.select_for_update().filter(pk__in=user_ids).order_by("pk"))
