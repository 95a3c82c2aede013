"""Saying something: one post, or all that wait for the same conversation, in one transaction."""

from functools import partial
from itertools import groupby

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from live import metrics
from live.failpoints import pass_by

from .. import policy, said
from ..drafts import Draft, Post
from ..models import Attachment, Membership, Message
from .changing import add_messages, lock_conversation, tell
from .commenting import count_comments
from .mentioning import mention, people_named

MOST_ATTACHMENTS = 10


def post_message(*, conversation_id, **what):
    """The new message, from the fields of a Post.

    Posting the same `client_id` again finds the message that it made: a retry is always safe.
    """
    (outcome,) = post_messages(conversation_id=conversation_id, posts=[Post(**what)])
    if isinstance(outcome, Exception):
        raise outcome
    return outcome


def post_messages(*, conversation_id, posts):
    """What became of each post, in their order: its message, or the ValidationError or PermissionDenied against it.

    A post that is refused takes no other with it. Raises a DatabaseError when nothing could be written at all.
    """
    drafts = [Draft(post) for post in posts]
    try:
        _write(conversation_id, drafts)
    except PermissionDenied as refusal:  # there is no such conversation
        return [refusal for _ in drafts]
    except IntegrityError:
        return _one_by_one(conversation_id, posts)
    pass_by("posting.after_commit")
    return [draft.result for draft in drafts]


@transaction.atomic
def _write(conversation_id, drafts):
    conversation = lock_conversation(conversation_id)
    for step in (_refuse_those_who_may_not, _recognise_retries, _look_up, _say):
        step(conversation, [draft for draft in drafts if draft.is_open])


def _refuse_those_who_may_not(conversation, drafts):
    able = policy.who_may(policy.POST, {draft.author for draft in drafts}, conversation)
    for draft in drafts:
        if draft.author.pk not in able:
            draft.outcome = PermissionDenied("You may not do that here.")


def _recognise_retries(conversation, drafts):
    named = [draft for draft in drafts if draft.client_id]
    authors, client_ids = {draft.author for draft in named}, {draft.client_id for draft in named}
    made = Message.objects.filter(author__in=authors, client_id__in=client_ids) if named else ()
    before, first = {(message.author_id, message.client_id): message for message in made}, {}
    for draft in named:
        message = before.get(draft.key)
        if message is None:
            draft.twin = first.get(draft.key)
            first.setdefault(draft.key, draft)
        elif message.conversation_id == conversation.pk:
            draft.outcome = message
        else:
            draft.outcome = _used_elsewhere()


def _look_up(conversation, drafts):
    """Whom and what each speaks of; most speak of nobody, and ask nothing."""
    taken = set()
    for draft in drafts:
        try:
            draft.people = people_named(conversation, draft.parsed.names)
            draft.answered = _answered(conversation, draft.post.reply_to)
            draft.files = _uploads(conversation, draft, taken)
            taken.update(file.pk for file in draft.files)
        except ValidationError as refusal:
            draft.outcome = refusal


def _answered(conversation, message_id):
    if message_id is None:
        return None
    message = conversation.messages.filter(seq__gt=conversation.cleared_seq, pk=message_id).first()
    if message is None:
        raise ValidationError("The message you answer is not here any more.")
    return message


def _uploads(conversation, draft, taken):
    """The author's uploads, each of which can be posted once; `taken` are those of posts written with this one."""
    ids = set(draft.post.attachments)
    if not ids:
        return []
    if len(ids) > MOST_ATTACHMENTS:
        raise ValidationError(f"Please attach at most {MOST_ATTACHMENTS} files to a message.")
    waiting = Attachment.objects.filter(conversation=conversation, uploader=draft.author, message=None)
    uploads = list(waiting.filter(pk__in=ids - taken))
    if len(uploads) != len(ids):
        raise ValidationError("One of the files is not there any more: please attach it again.")
    return uploads


def _say(conversation, drafts):
    if not drafts:
        return
    messages = add_messages(conversation, [draft.fields() for draft in drafts])
    transaction.on_commit(partial(metrics.batches.observe, len(messages)))
    for draft, message in zip(drafts, messages, strict=True):
        draft.outcome = message
        mentioned = mention(message, draft.people.values()) if draft.people else []
        if draft.files:
            Attachment.objects.filter(pk__in=[file.pk for file in draft.files]).update(message=message)
        tell(conversation, said.snapshot(message, conversation, mentioned=mentioned, attachments=draft.files))
    _read_along(conversation, messages)
    count_comments(conversation)


def _read_along(conversation, messages):
    """Whoever had read everything before their own words has now read those too."""
    if conversation.is_task and messages[0].seq == 1:  # the first comment begins its author's reading
        begun = Membership(conversation=conversation, user=messages[0].author)
        Membership.objects.bulk_create([begun], ignore_conflicts=True)
    for author, run in groupby(messages, lambda message: message.author_id):
        seqs = [message.seq for message in run]
        place = conversation.memberships.filter(user=author, read_seq=seqs[0] - 1)
        place.update(read_seq=seqs[-1])


def _one_by_one(conversation_id, posts):
    """One of several broke a rule of the database: each for itself, to find which, and to keep the others."""
    if len(posts) > 1:
        return [post_messages(conversation_id=conversation_id, posts=[post])[0] for post in posts]
    return [_used_elsewhere()]  # taken between our look and our write, so by another conversation


def _used_elsewhere():
    return ValidationError("This client_id was used in another conversation.")
