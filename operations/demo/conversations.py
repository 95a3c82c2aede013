"""Lets the people of the demo say their words, and sets the clock of what they said back by weeks."""

from datetime import timedelta

from django.utils import timezone

from messaging import actions
from messaging.models import Conversation, Message

from .times import moment


def let_talk(conversation, said, people, unread):
    """Post what was said, in order; everybody has read it, but for the last `unread[username]` messages."""
    now = timezone.now()
    _began(conversation, moment(said[0].when, now) - timedelta(minutes=30))
    posted = {}
    messages = [_say(conversation, line, people, moment(line.when, now), posted) for line in said]
    for username, person in people.items():
        read = messages[: len(messages) - unread.get(username, 0)]
        if read and Conversation.objects.visible_to(person).filter(pk=conversation.pk).exists():
            actions.mark_read(conversation_id=conversation.pk, by=person, message_id=read[-1].pk)


def _began(conversation, at):
    Conversation.objects.filter(pk=conversation.pk).update(created_at=at)
    conversation.messages.update(created_at=at)


def _say(conversation, line, people, at, posted):
    author, place = people[line.who], {"conversation_id": conversation.pk}
    answered = posted[line.reply].pk if line.reply else None
    message = actions.post_message(**place, author=author, body=line.text, reply_to=answered)
    posted[line.name] = message
    clock = {"created_at": at}
    if line.edited:
        actions.edit_message(**place, message_id=message.pk, by=author, body=line.edited)
        clock["edited_at"] = at + timedelta(minutes=3)
    Message.objects.filter(pk=message.pk).update(**clock)
    for emoji, names in line.reactions.items():
        for name in names:
            actions.react(**place, message_id=message.pk, by=people[name], emoji=emoji, on=True)
    return message
