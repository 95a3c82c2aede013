"""Passing on what somebody said: its words and files, said again in another conversation under their author's name."""

from uuid import uuid4, uuid5

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.storage import default_storage
from django.utils.translation import gettext_lazy as _

from ... import policy
from ...models import Conversation, Message
from ...posts import Post
from ...text.wording import clean_body
from ..files.attaching import keep_upload
from .posting import post_messages


def forward_message(*, by, message_id, conversation_id, comment="", client_id=None):
    """The message in this conversation that holds the words of that one; `comment` is said right before it.

    Only what one may read can be passed on. The copy is a message of its own: it has files of its own, and stays when
    the source is deleted. A retry under the same `client_id` finds what was made, files and comment too.
    """
    source = _source(message_id, by)
    name = client_id or uuid4()
    posts = [Post(author=by, body=clean_body(comment), client_id=uuid5(name, "comment"))] if comment else []
    posts.append(_copy(source, by, conversation_id, name))
    outcomes = post_messages([(conversation_id, post) for post in posts])
    for outcome in outcomes:
        if isinstance(outcome, Exception):
            raise outcome
    return outcomes[-1]


def _source(message_id, by):
    """The message, if this person may read it and there is something to pass on."""
    readable = Message.objects.readable_by(by).filter(pk=message_id).exclude(kind=Message.Kind.SYSTEM)
    source = readable.select_related("conversation", "forwarded_from__conversation").first()
    if source is None:
        raise Message.DoesNotExist(_("There is no such message."))
    return source


def _copy(source, by, conversation_id, name):
    conversation = Conversation.objects.filter(pk=conversation_id).first()
    if conversation is None or not policy.may_post(by, conversation):
        raise PermissionDenied(_("You may not do that here."))
    files = () if _is_made(by, name) else source.attachments.all()
    return Post(
        author=by,
        body=source.body,
        client_id=name,
        attachments=tuple(_copied(file, by, conversation_id, name) for file in files),
        # What was passed on already is still its first author's.
        forwarded_from=source.forwarded_from or source,
    )


def _is_made(by, client_id):
    return Message.objects.filter(author=by, client_id=client_id).exists()


def _copied(file, by, conversation_id, name):
    """A file of the other conversation's own: reached by its readers, and by nobody through the first."""
    key = uuid5(name, str(file.pk))
    with _opened(file) as content:
        copy = keep_upload(
            conversation_id=conversation_id, by=by, name=file.name, chunks=content.chunks(), key=key
        )
    return copy.pk


def _opened(file):
    try:
        return default_storage.open(file.path)
    except FileNotFoundError as error:
        raise ValidationError(_("A file of this message is not there any more.")) from error
