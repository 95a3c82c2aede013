"""Each noun as a plain dict for exports. Other nouns are named by their ids."""

import re

from ..models import Attachment, Mention, Reaction, Version

AT_ONCE = 500  # rows in one query
UNFIT = re.compile(r'[\\/:*?"<>|\x00-\x1f]')  # characters that some system forbids in file names


def in_batches(rows, key="pk"):
    """Yields all rows of a query in lists of AT_ONCE, ordered by `key`, a unique column."""
    last = 0
    while batch := list(rows.filter(**{f"{key}__gt": last}).order_by(key)[:AT_ONCE]):
        yield batch
        last = getattr(batch[-1], key)


def person(user):
    return {
        "id": user.pk,
        "username": user.username,
        "name": user.name,
        "email": user.email,
        "time_zone": user.time_zone,
        "is_active": user.is_active,
        "is_administrator": user.is_superuser,
        "joined_at": user.date_joined,
    }


def board(one):
    return {
        "id": one.pk,
        "name": one.name,
        "created_at": one.created_at,
        "kept_days": one.retention_days,
        "members": [{"person": member.user_id, "role": member.role} for member in one.memberships.all()],
        "columns": [
            {"id": column.pk, "title": column.title, "is_done": column.is_done, "limit": column.limit}
            for column in one.columns.shown()
        ],
        "labels": [
            {"id": label.pk, "name": label.name, "colour": label.colour} for label in one.labels.all()
        ],
    }


def card(task):
    return {
        "id": task.pk,
        "board": task.board_id,
        "column": task.column_id,
        "rank": task.rank,
        "title": task.title,
        "description": task.description,
        "due": task.due,
        "assignees": [user.pk for user in task.assignees.all()],
        "labels": [label.pk for label in task.labels.all()],
        "checklist": [{"text": item.text, "is_done": item.is_done} for item in task.checklist.all()],
        "created_by": task.created_by_id,
        "created_at": task.created_at,
        "updated_at": task.updated_at,
        "archived_at": task.archived_at,
    }


def conversation(one):
    return {
        "id": one.pk,
        "kind": one.kind,
        "board": one.board_id,
        "card": one.task_id,
        "name": one.name,
        "description": one.description,
        "is_private": one.is_private,
        "kept_days": one.retention_days,
        "created_at": one.created_at,
        "archived_at": one.archived_at,
        "members": [
            {"person": member.user_id, "role": member.role, "joined_at": member.joined_at}
            for member in one.memberships.all()
        ],
    }


def messages(rows):
    """The records of a batch of messages, which must be loaded with their authors and pins."""
    ids = [one.pk for one in rows]
    related = [
        _by_message(noun.objects.filter(message__in=ids).order_by("pk"))
        for noun in (Mention, Reaction, Attachment, Version)
    ]
    return [_message(one, *(found.get(one.pk, ()) for found in related)) for one in rows]


def path_of(attachment):
    """The path of an attachment's file in an export."""
    return f"files/{attachment.pk}-{UNFIT.sub('_', attachment.name)}"


def _message(one, mentions, reactions, files, versions):
    pin = getattr(one, "pin", None)
    return {
        "id": one.pk,
        "conversation": one.conversation_id,
        "seq": one.seq,
        "kind": one.kind,
        "author": None if one.is_horizon else one.author_id,
        "author_name": "" if one.is_horizon else one.author.name if one.author else one.author_name,
        "said_at": one.created_at,
        "text": one.body,
        "html": one.html,
        "event": one.event,
        "reply_to": one.reply_to_id,
        "forwarded_from": one.forwarded_from_id,
        "mentions": [mention.user_id for mention in mentions],
        "reactions": [{"person": reaction.user_id, "emoji": reaction.emoji} for reaction in reactions],
        "files": [_file(file) for file in files],
        "pinned": {"person": pin.pinned_by_id, "at": pin.pinned_at} if pin else None,
        "edited_at": one.edited_at,
        "earlier": [
            {"text": was.body, "written_at": was.written_at, "replaced_at": was.replaced_at}
            for was in versions
        ],
        "deleted_at": one.deleted_at,
    }


def _file(file):
    told = {"id": file.pk, "name": file.name, "size": file.size, "content_type": file.content_type}
    return {**told, "path": path_of(file)}


def _by_message(rows):
    found = {}
    for row in rows:
        found.setdefault(row.message_id, []).append(row)
    return found
