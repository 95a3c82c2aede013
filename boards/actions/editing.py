"""What is written on a card: title, description, due date, people, labels."""

from operator import attrgetter

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from .. import signals
from ..models import Task
from ..wording import one_line, paragraphs
from .changing import KEEP, stamp
from .finding import lock_task
from .meanwhile import ids_meant, words_meant


@transaction.atomic
def edit_task(
    *, by, task_id, title=KEEP, description=KEEP, due=KEEP, assignee_ids=KEEP, label_ids=KEEP, seen=None
):
    """Change what is written on a card; what is not given stays as it is.

    `seen` is {argument name: its value when the person began to edit}. Only what they changed since then is written, so
    changes that others made meanwhile stay. ValidationError if others changed the same text.
    """
    board, task = lock_task(task_id, by)
    before, seen = set(task.assignees.all()), seen or {}
    changed = _write(task, seen, title=title, description=description, due=due)
    changed |= _choose(task, board, seen, assignee_ids, label_ids)
    if changed:
        stamp(board, task, Task.Why.RENAMED if changed == {"title"} else Task.Why.CHANGED)
    if "title" in changed:
        signals.task_renamed.send(Task, task=task, by=by)
    if changed:
        signals.task_edited.send(Task, task=task, changed=changed, by=by)
    for user in sorted(set(task.assignees.all()) - before, key=attrgetter("pk")):  # as inboxes are locked
        signals.task_assigned.send(Task, task=task, user=user, by=by)
    return task


@transaction.atomic
def assign_task(*, by, task_id, user_id):
    task = lock_task(task_id, by)[1]
    return edit_task(by=by, task_id=task_id, assignee_ids={*_ids(task.assignees), user_id})


@transaction.atomic
def unassign_task(*, by, task_id, user_id):
    task = lock_task(task_id, by)[1]
    return edit_task(by=by, task_id=task_id, assignee_ids=_ids(task.assignees) - {user_id})


def clean_title(title):
    return one_line(title, limit=200, field="title")


def clean_description(description):
    return paragraphs(description, limit=8000, field="description")


def people_of(board, user_ids):
    """The people with these ids; ValidationError unless all of them are on the board."""
    people = get_user_model().objects.filter(boards=board, pk__in=user_ids).order_by("pk")
    return _all_of(people, user_ids, _("Only people on the board can be given its cards."))


def labels_of(board, label_ids):
    return _all_of(board.labels.filter(pk__in=label_ids), label_ids, _("That label is not on this board."))


def _write(task, seen, **words):
    """Set the fields that are given and differ; returns the names of those that changed."""
    given, seen = _cleaned(words), _cleaned({field: seen[field] for field in words if field in seen})
    given = words_meant(task, given, seen)
    changed = {field for field, value in given.items() if getattr(task, field) != value}
    for field in changed:
        setattr(task, field, given[field])
    return changed


def _cleaned(words):
    clean = {"title": clean_title, "description": clean_description, "due": lambda due: due}
    return {field: clean[field](value) for field, value in words.items() if value is not KEEP}


def _choose(task, board, seen, assignee_ids, label_ids):
    changed = set()
    if assignee_ids is not KEEP:
        ids = _meant(task.assignees, assignee_ids, seen.get("assignee_ids"))
        if _set(task.assignees, people_of(board, ids)):
            changed.add("assignees")
    if label_ids is not KEEP:
        ids = _meant(task.labels, label_ids, seen.get("label_ids"))
        if _set(task.labels, labels_of(board, ids)):
            changed.add("labels")
    return changed


def _meant(related, given, seen):
    return given if seen is None else ids_meant(_ids(related), given, seen)


def _set(related, chosen):
    """Set the related objects; returns whether that changed anything."""
    differs = _ids(related) != {one.pk for one in chosen}
    if differs:
        related.set(chosen)
    return differs


def _all_of(found, ids, otherwise):
    found = list(found)
    if len(found) != len(set(ids)):
        raise ValidationError(otherwise)
    return found


def _ids(related):
    return set(related.values_list("pk", flat=True))
