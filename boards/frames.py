"""Every frame about a board, as a plain dict. See docs/wire.md."""

from accounts.zones import iso

from .models import Task


def card(task):
    """A card as frames tell it. `assignees` and `labels` should be prefetched."""
    return {
        "task_id": task.pk,
        "column_id": task.column_id,
        "rank": task.rank,
        "title": task.title,
        "url": task.url,
        "has_description": bool(task.description),
        "due": task.due.isoformat() if task.due else None,
        "assignees": [person(user) for user in task.assignees.all()],
        "labels": [label(one) for one in task.labels.all()],
        "comment_count": task.comment_count,
        "checklist": checklist(task),
        "why": Task.Why.ARCHIVED if task.archived_at else task.why,
    }


def column(column):
    return {
        "column_id": column.pk,
        "title": column.title,
        "rank": column.rank,
        "is_done": column.is_done,
        "limit": column.limit,
        "why": column.why,
    }


def checklist(task):
    """How many items of the card's checklist are done; None for a card without items."""
    return {"done": task.items_done, "total": task.items_total} if task.items_total else None


def item(item):
    """An item of a checklist, as the API tells it. Frames only tell how many are done."""
    return {"item_id": item.pk, "task_id": item.task_id, "text": item.text, "is_done": item.is_done}


def person(user):
    return {"user_id": user.pk, "username": user.username, "display_name": user.name, "avatar": user.face}


def label(label):
    return {"label_id": label.pk, "name": label.name, "colour": label.colour}


def followed(board, may_edit):
    """What a page needs to follow the board by WebSocket, from the revision that the page shows."""
    return {
        "id": board.pk,
        "socket_url": f"/ws/boards/{board.pk}/",
        "revision": board.revision,
        "epoch": str(board.epoch),
        "may_edit": may_edit,
    }


def name(board):
    return {"board_id": board.pk, "name": board.name, "url": board.url, "why": "renamed"}


def people(board, users):
    return {"board_id": board.pk, "people": [person(user) for user in users], "why": "people"}


def persons(board_id, users):
    return {"board_id": board_id, "people": [person(user) for user in users], "since": None}


def about_card(card, revision, is_new):
    """card_created, card_moved, card_renamed, card_changed, card_commented or card_archived."""
    return {"type": f"card_{_why(card['why'], is_new)}", "revision": revision, **card}


def about_column(column, revision, is_new):
    """column_created, column_changed or column_removed."""
    return {"type": f"column_{_why(column['why'], is_new)}", "revision": revision, **column}


def about_name(name, revision, is_new):
    return {"type": "board_renamed", "revision": revision, **name}


def about_people(people, revision, is_new):
    return {"type": "people_changed", "revision": revision, **people}


def about_persons(persons, revision, is_new):
    """person_changed: some of the board's people have another name or picture."""
    return {"type": "person_changed", "revision": revision, **persons}


def persons_since(board_id, revision, users, since):
    """person_changed for a browser that missed some: everybody who changed after `since`, up to `revision`."""
    return {**about_persons(persons(board_id, users), revision, False), "since": since}


def card_visited(task_id, users):
    """Everybody who has the page of this card open."""
    return {"type": "card_visited", "task_id": task_id, "people": [person(user) for user in users]}


def card_held(task_id, holders):
    """Everybody who is dragging this card: pairs (user, id of the column below it). None when it was dropped."""
    people = [{**person(user), "column_id": column_id} for user, column_id in holders]
    return {"type": "card_held", "task_id": task_id, "people": people}


def presence(users, status, now=None):
    """Who is here (`status` active or away), or has just left (offline, at `now`)."""
    seen = {"last_seen_iso": iso(now)} if status == "offline" and now else {}
    members = [{"user_id": user.pk, "display_name": user.name, "status": status, **seen} for user in users]
    return {"type": "presence_update", "members": members}


def _why(why, is_new):
    """A follower who has never seen the card or column is told that it was created, whatever its latest change."""
    if why in {"archived", "removed"}:
        return why
    if is_new:
        return "created"
    return "changed" if why == "created" else why
