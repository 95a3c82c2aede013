"""Lets the people of the demo say their words, and sets the clock of what they said back by weeks."""

from dataclasses import dataclass
from datetime import timedelta
from heapq import merge
from operator import itemgetter

from django.utils import timezone

from messaging import actions
from messaging.actions.files.shrinking import shrink
from messaging.models import Conversation, Message, Notification, Pin, Version

from .times import moment


@dataclass(frozen=True)
class Talk:
    """What was said in a conversation, in order. Everybody has read it, but for the last `unread[username]`."""

    conversation: Conversation
    said: list
    unread: dict


def let_talk(talks, people):
    """Post what was said anywhere, the earliest first, as it would have come in. Returns the messages with names."""
    now = timezone.now()
    for talk in talks:
        _began(talk.conversation, moment(talk.said[0].when, now) - timedelta(minutes=30))
    posted, messages = {}, {talk.conversation: [] for talk in talks}
    lines = ([(moment(line.when, now), talk.conversation, line) for line in talk.said] for talk in talks)
    for at, conversation, line in merge(*lines, key=itemgetter(0)):
        messages[conversation].append(_say(conversation, line, people, at, posted))
    for talk in talks:
        _all_read(talk, messages[talk.conversation], people)
    return posted


def _all_read(talk, messages, people):
    for username, person in people.items():
        read = messages[: len(messages) - talk.unread.get(username, 0)]
        if read and Conversation.objects.visible_to(person).filter(pk=talk.conversation.pk).exists():
            actions.mark_read(conversation_id=talk.conversation.pk, by=person, message_id=read[-1].pk)


def _began(conversation, at):
    Conversation.objects.filter(pk=conversation.pk).update(created_at=at)
    conversation.messages.update(created_at=at)


def _say(conversation, line, people, at, posted):
    message = _post(conversation, line, people[line.who], posted)
    if line.name:
        posted[line.name] = message
    here = {"conversation_id": conversation.pk, "message_id": message.pk}
    clock = {"created_at": at}
    if line.edited:
        actions.edit_message(**here, by=people[line.who], body=line.edited)
        clock["edited_at"] = at + timedelta(minutes=3)
        Version.objects.filter(message=message).update(written_at=at, replaced_at=clock["edited_at"])
    Message.objects.filter(pk=message.pk).update(**clock)
    Notification.objects.filter(message=message).update(created_at=at)
    for emoji, names in line.reactions.items():
        for name in names:
            actions.react(**here, by=people[name], emoji=emoji, on=True)
    if line.pinned:
        actions.pin(**here, by=people[line.pinned])
        Pin.objects.filter(message=message).update(pinned_at=at)
    return message


def _post(conversation, line, author, posted):
    if line.forwards:
        source = posted[line.forwards].pk
        return actions.forward_message(by=author, message_id=source, conversation_id=conversation.pk)
    return actions.post_message(
        conversation_id=conversation.pk,
        author=author,
        body=line.text,
        reply_to=posted[line.reply].pk if line.reply else None,
        attachments=_pictures(conversation, line, author),
    )


def _pictures(conversation, line, author):
    if not line.picture:
        return ()
    name, draw = line.picture
    upload = actions.keep_upload(conversation_id=conversation.pk, by=author, name=name, chunks=[draw()])
    shrink(upload.pk)  # the errand would, a little later: the demo is looked at once
    return (upload.pk,)
