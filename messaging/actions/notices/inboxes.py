"""How anything personal is changed: under the lock of the person's inbox, with its next revision."""

from functools import partial

from django.db import transaction

from live import announce_all
from live.database.many import update
from live.database.question import Question

from ...models import Inbox
from ...models.inbox import stream_of

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
    """Hold these from now on, for who will change them later: the order of locking stays one.

    An inbox comes before the places of its person, too: whoever reads holds theirs, and moves a place then.
    """
    if user_ids:
        _held(sorted(user_ids))


def next_inbox_revision(user_id):
    return next_inbox_revisions([user_id])[user_id]


def _next(user_ids):
    revisions = {id: revision + 1 for id, revision in _held(user_ids).items()}
    update(SAVE_REVISIONS, list(revisions.items()))
    news = [(stream_of(id), revision, None) for id, revision in revisions.items()]
    transaction.on_commit(partial(announce_all, news))
    return revisions


def _held(user_ids):
    """{user id: revision} of them all, in their order; who had no inbox has one now."""
    inboxes = dict(LOCKED.ask(ids=user_ids))
    if missing := set(user_ids) - inboxes.keys():
        Inbox.objects.bulk_create([Inbox(user_id=id) for id in sorted(missing)], ignore_conflicts=True)
        inboxes = dict(LOCKED.ask(ids=user_ids))
    return inboxes


SAVE_REVISIONS = """
    UPDATE messaging_inbox SET revision = new.column2 FROM ({rows}) AS new WHERE user_id = new.column1
"""
LOCKED = Question(
    lambda ids: (
        Inbox.objects.select_for_update(no_key=True)
        .filter(pk__in=ids)
        .order_by("pk")
        .values_list("pk", "revision")
    ),
    ids=[int],
)
