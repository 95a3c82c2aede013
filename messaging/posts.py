"""A post is what somebody means to say; a candidate is a post on its way to become a message."""

from dataclasses import dataclass
from uuid import UUID

from django.core.exceptions import ValidationError

from accounts.models import User

from .models import Message
from .text.markdown import Parsed
from .text.wording import clean_body


@dataclass(frozen=True, kw_only=True, slots=True)
class Post:
    """`reply_to` is the id of a message, `attachments` are ids of the author's uploads, `forwarded_from` is the message
    whose words these are, `inboxes` are ids of people whose inboxes the caller changes too, in the same transaction.
    """

    author: User
    body: str
    client_id: UUID | str | None = None
    reply_to: int | None = None
    attachments: tuple[int, ...] = ()
    forwarded_from: Message | None = None
    inboxes: tuple[int, ...] = ()


def uuid_of(client_id):
    return client_id if client_id is None or isinstance(client_id, UUID) else UUID(str(client_id))


class Candidate:
    """`outcome` is None until it is known what becomes of the post: a message, or the exception that refuses it."""

    def __init__(self, conversation_id, post):
        self.conversation_id, self.conversation = conversation_id, None
        self.post, self.author, self.outcome, self.twin = post, post.author, None, None
        self.client_id = uuid_of(post.client_id)
        self.answered, self.people, self.files = None, {}, []
        self.concerns = {}  # {kind of notification: user ids}
        try:
            self.body = clean_body(post.body, may_be_empty=bool(post.attachments or post.forwarded_from))
            # The names in a forwarded message were mentioned where it was first said.
            self.parsed = Parsed(self.body, calls=post.forwarded_from is None)
        except ValidationError as refusal:
            self.outcome = refusal

    @property
    def is_open(self):
        return self.outcome is None and self.twin is None

    @property
    def result(self):
        """Of two tries of one message in the same batch, the second has the outcome of the first."""
        return self.twin.outcome if self.twin else self.outcome

    @property
    def key(self):
        return (self.author.pk, self.client_id)

    def fields(self, moment):
        """What the new row holds besides its numbers."""
        return {
            "created_at": moment,
            "author": self.author,
            "author_name": self.author.marked_name,
            "client_id": self.client_id,
            "kind": Message.Kind.SAID if self.body else Message.Kind.FILE,
            "body": self.body,
            "html": self.parsed.html(self.people),
            "reply_to": self.answered,
            "forwarded_from": self.post.forwarded_from,
        }
