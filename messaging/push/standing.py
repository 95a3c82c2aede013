"""What each push tells browsers in addition: how many notifications are unread, and the tags of those still unread.

A browser then closes all other notifications that it shows, because they were read elsewhere.
"""

from django.db.models import Count, Exists, F, OuterRef

from ..models import Membership, Message, Notification
from .calls import tag_of

MOST_TAGS = 40


def of(people):
    """{user id: {"badge": number of unread notifications, "standing": [tags of what is unread]}}"""
    unread = Notification.objects.filter(user__in=people, read_at=None).readable()
    told = {id: {"badge": 0, "standing": []} for id in people}
    for user_id, count in unread.order_by().values_list("user").annotate(Count("pk")):
        told[user_id]["badge"] = count
    for user_id, tag in (*_tags_of(unread), *_tags_of_all_heard(people)):
        tags = told[user_id]["standing"]
        if tag not in tags and len(tags) < MOST_TAGS:
            tags.append(tag)
    return told


def _tags_of(unread):
    rows = unread.order_by("-pk").values_list("user", "message__conversation", "pk")
    return ((user, tag_of(conversation, pk)) for user, conversation, pk in rows)


def _tags_of_all_heard(people):
    unread = Message.objects.filter(conversation=OuterRef("conversation"), seq__gt=OuterRef("read_seq"))
    said = unread.filter(deleted_at=None).exclude(kind=Message.Kind.SYSTEM)
    behind = Membership.objects.filter(
        Exists(said), user__in=people, level=Membership.Level.ALL, conversation__last_seq__gt=F("read_seq")
    )
    rows = behind.order_by("-conversation").values_list("user", "conversation")
    return ((user, tag_of(conversation)) for user, conversation in rows)
