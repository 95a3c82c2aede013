"""A call is the content of a push to one person's browsers: a title and text, and the page that a click opens."""

from dataclasses import dataclass

from django.utils import translation
from django.utils.translation import gettext

from live.language import language_for

from ..models import Conversation, Notification
from ..queries import notices, places

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
    tag: str  # a later call with the same tag replaces this one
    conversation_id: int | None
    is_pressing: bool


def of_notifications(notifications):
    """A list of Calls, one for each of these notifications, a query."""
    rows = notifications.select_related(*notices.RELATED)
    return [_of_notification(row) for row in rows.select_related("user")]


def of_messages(conversation, said, readers):
    """A list of Calls, one for each of the `readers`, {user: read_seq}, who has not read all of the messages `said`."""
    calls = []
    for user, read_seq in readers.items():
        news = [one for one in said if one.seq > read_seq and one.author_id != user.pk]
        if news:
            calls.append(_of_news(user, conversation, news))
    return calls


def tag_of(conversation_id, notification_id=None):
    return f"conversation-{conversation_id}" if conversation_id else f"notice-{notification_id}"


def _of_notification(row):
    with translation.override(language_for(row.user)):
        one = notices.tell(row)
        title = notices.sentence(one)
    return Call(
        user_id=row.user_id,
        title=title,
        body=one["excerpt"],
        url=one["url"],
        tag=tag_of(one["conversation_id"], row.pk),
        conversation_id=one["conversation_id"],
        is_pressing=row.kind in PRESSING,
    )


def _of_news(user, conversation, news):
    first, last = news[0], news[-1]
    is_direct = conversation.kind == Conversation.Kind.DIRECT
    with translation.override(language_for(user)):
        title = _title(last.author_name, "" if is_direct else places.name_for(conversation, ()), len(news))
    return Call(
        user_id=user.pk,
        title=title,
        body=last.excerpt(),
        url=f"{conversation.url}?around={first.seq}#message-{first.pk}",
        tag=tag_of(conversation.pk),
        conversation_id=conversation.pk,
        is_pressing=is_direct,
    )


def _title(name, place, count):
    title = gettext("%(name)s in %(place)s") % {"name": name, "place": place} if place else name
    if count == 1:
        return title
    return gettext("%(title)s (and %(count)d more)") % {"title": title, "count": count - 1}
