"""A call is what one person's browsers are woken for: a few words, where they lead, and what they take the place of."""

from dataclasses import dataclass

from .. import notices, places
from ..models import Conversation, Notification

PRESSING = {
    Notification.Kind.MENTION,
    Notification.Kind.REPLY,
    Notification.Kind.DIRECT,
    Notification.Kind.REMINDER,
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Call:
    user_id: int
    title: str
    body: str
    url: str
    tag: str  # a later one with the same takes its place
    conversation_id: int | None
    is_pressing: bool


def of_notifications(notifications):
    """One call for each."""
    rows = notifications.select_related(*notices.RELATED)
    return [_of_notification(row, notices.tell(row)) for row in rows]


def of_messages(conversation, said, readers):
    """One call for each of the `readers` ({user id: read_seq}) to whom something of what was said is news."""
    calls = []
    for user_id, read_seq in readers.items():
        news = [one for one in said if one.seq > read_seq and one.author_id != user_id]
        if news:
            calls.append(_of_news(user_id, conversation, news))
    return calls


def tag_of(conversation_id, notification_id=None):
    return f"conversation-{conversation_id}" if conversation_id else f"notice-{notification_id}"


def _of_notification(row, one):
    return Call(
        user_id=row.user_id,
        title=notices.sentence(one),
        body=one["excerpt"],
        url=one["url"],
        tag=tag_of(one["conversation_id"], row.pk),
        conversation_id=one["conversation_id"],
        is_pressing=row.kind in PRESSING,
    )


def _of_news(user_id, conversation, news):
    first, last = news[0], news[-1]
    is_direct = conversation.kind == Conversation.Kind.DIRECT
    more = f" (and {len(news) - 1} more)" if len(news) > 1 else ""
    where = "" if is_direct else f" in {places.name_for(conversation, ())}"
    return Call(
        user_id=user_id,
        title=f"{last.author_name}{where}{more}",
        body=last.excerpt(),
        url=f"{conversation.url}?around={first.seq}#message-{first.pk}",
        tag=tag_of(conversation.pk),
        conversation_id=conversation.pk,
        is_pressing=is_direct,
    )
