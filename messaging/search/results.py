"""Hits as a page shows them: their place, their author, and the text with the words that were searched for."""

from accounts.zones import iso
from boards.models import Task

from ..models import Attachment, Conversation, Membership
from ..queries import places
from ..text.plain import without_tags
from .hits import excerpt, marked, place_of_first

Kind = Conversation.Kind
SIGNS = {Kind.ROOM: "hash", Kind.TASK: "message-square", Kind.DIRECT: "user"}


def told(found, user):
    """The hits of a Found as plain values, in their order."""
    rows, terms = found.hits, found.question.words
    others = _others(user, [row.conversation for row in rows if not isinstance(row, Task)])
    return [_tell(row)(row, terms, others) for row in rows]


def _tell(row):
    return {Task: _task, Attachment: _file}.get(type(row), _message)


def _message(message, terms, others):
    return {
        **_said(message),
        "place": place_name(message.conversation, others),
        "sign": _sign(message.conversation),
        "pieces": excerpt(_as_read(message, terms), terms),
    }


def _as_read(message, terms):
    """The text without its markup; with it, if the words are only found there, such as in the address of a link."""
    if message.html is None:
        return message.body
    text = without_tags(message.html)
    return text if not terms or place_of_first(text, terms) is not None else message.body


def _file(file, terms, others):
    return {
        **_said(file.message),
        "place": place_name(file.conversation, others),
        "sign": "image" if file.content_type.startswith("image/") else "file",
        "pieces": marked(file.name, terms),
        "size": file.size,
        "file_url": file.url,
    }


def _task(task, terms, others):
    return {
        "id": task.pk,
        "url": task.url,
        "sign": "square-kanban",
        "title": marked(task.title, terms),
        "place": f"{task.board.name}, {task.column.title}",
        "pieces": excerpt(task.description, terms),
        "timestamp": iso(task.created_at),
        "when": task.created_at,
        "is_archived": task.archived_at is not None,
    }


def _said(message):
    return {
        "id": message.pk,
        "url": f"{message.conversation.url}?around={message.seq}#message-{message.pk}",
        "user_id": message.author_id,
        "display_name": message.author.name if message.author else message.author_name,
        "avatar": message.author.face if message.author else None,
        "timestamp": iso(message.created_at),
        "when": message.created_at,
    }


def place_name(conversation, others):
    name = places.name_for(conversation, others.get(conversation.pk, ()))
    return f"{conversation.board.name} / {name}" if conversation.kind == Kind.ROOM else name


def _sign(conversation):
    return "lock" if conversation.kind == Kind.ROOM and conversation.is_private else SIGNS[conversation.kind]


def _others(user, conversations):
    """{id of a direct conversation: [names of the others in it]}"""
    directs = {one.pk for one in conversations if one.kind == Kind.DIRECT}
    if not directs:
        return {}
    people = {}
    memberships = (
        Membership.objects.filter(conversation__in=directs).exclude(user=user).select_related("user")
    )
    for membership in memberships.order_by("user__username"):
        people.setdefault(membership.conversation_id, []).append(membership.user.name)
    return people
