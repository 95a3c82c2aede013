"""Answers to writes: the whole card, item or column, or just its ids if the token lacks the scope to read."""

from accounts.api import told

from .. import frames

READ = "boards:read"


def told_of(request, task, status=200):
    place = {
        "task_id": task.pk,
        "board_id": task.board_id,
        "column_id": task.column_id,
        "revision": task.revision,
    }
    if not _may_read(request):
        return told(place, status)
    items = [frames.item(one) for one in task.checklist.all()]
    return told({**frames.card(task), **place, "description": task.description, "items": items}, status)


def told_of_item(request, item, status=200):
    place = {"item_id": item.pk, "task_id": item.task_id}
    return told(frames.item(item) if _may_read(request) else place, status)


def told_of_column(request, column):
    place = {"column_id": column.pk, "board_id": column.board_id, "revision": column.revision}
    return told({**frames.column(column), **place} if _may_read(request) else place)


def _may_read(request):
    return READ in request.auth.scopes
