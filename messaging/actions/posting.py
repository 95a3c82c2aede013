"""Saying something: one post, or all that wait for the same conversation, in one transaction."""

from functools import partial
from itertools import groupby

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from live import metrics
from live.failpoints import pass_by

from .. import policy, said
from ..models import Attachment, Membership, Message
from ..posts import Candidate, Post
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
    candidates = [Candidate(post) for post in posts]
    try:
        _write(conversation_id, candidates)
    except PermissionDenied as refusal:  # there is no such conversation
        return [refusal for _ in candidates]
    except IntegrityError:
        return _one_by_one(conversation_id, posts)
    pass_by("posting.after_commit")
    return [candidate.result for candidate in candidates]


@transaction.atomic
def _write(conversation_id, candidates):
    conversation = lock_conversation(conversation_id)
    for step in (_refuse_those_who_may_not, _recognise_retries, _look_up, _say):
        step(conversation, [candidate for candidate in candidates if candidate.is_open])


def _refuse_those_who_may_not(conversation, candidates):
    able = policy.who_may(policy.POST, {candidate.author for candidate in candidates}, conversation)
    for candidate in candidates:
        if candidate.author.pk not in able:
            candidate.outcome = PermissionDenied("You may not do that here.")


def _recognise_retries(conversation, candidates):
    named = [candidate for candidate in candidates if candidate.client_id]
    authors, client_ids = (
        {candidate.author for candidate in named},
        {candidate.client_id for candidate in named},
    )
    made = Message.objects.filter(author__in=authors, client_id__in=client_ids) if named else ()
    before, first = {(message.author_id, message.client_id): message for message in made}, {}
    for candidate in named:
        message = before.get(candidate.key)
        if message is None:
            candidate.twin = first.get(candidate.key)
            first.setdefault(candidate.key, candidate)
        elif message.conversation_id == conversation.pk:
            candidate.outcome = message
        else:
            candidate.outcome = _used_elsewhere()


def _look_up(conversation, candidates):
    """Whom and what each speaks of; most speak of nobody, and ask nothing."""
    taken = set()
    for candidate in candidates:
        try:
            candidate.people = people_named(conversation, candidate.parsed.names)
            candidate.answered = _answered(conversation, candidate.post.reply_to)
            candidate.files = _uploads(conversation, candidate, taken)
            taken.update(file.pk for file in candidate.files)
        except ValidationError as refusal:
            candidate.outcome = refusal


def _answered(conversation, message_id):
    if message_id is None:
        return None
    message = conversation.messages.filter(seq__gt=conversation.cleared_seq, pk=message_id).first()
    if message is None:
        raise ValidationError("The message you answer is not here any more.")
    return message


def _uploads(conversation, candidate, taken):
    """The author's uploads, each of which can be posted once; `taken` are those of posts written with this one."""
    ids = set(candidate.post.attachments)
    if not ids:
        return []
    if len(ids) > MOST_ATTACHMENTS:
        raise ValidationError(f"Please attach at most {MOST_ATTACHMENTS} files to a message.")
    waiting = Attachment.objects.filter(conversation=conversation, uploader=candidate.author, message=None)
    uploads = list(waiting.filter(pk__in=ids - taken))
    if len(uploads) != len(ids):
        raise ValidationError("One of the files is not there any more: please attach it again.")
    return uploads


def _say(conversation, candidates):
    if not candidates:
        return
    messages = add_messages(conversation, [candidate.fields() for candidate in candidates])
    transaction.on_commit(partial(metrics.batches.observe, len(messages)))
    for candidate, message in zip(candidates, messages, strict=True):
        candidate.outcome = message
        mentioned = mention(message, candidate.people.values()) if candidate.people else []
        if candidate.files:
            Attachment.objects.filter(pk__in=[file.pk for file in candidate.files]).update(message=message)
        tell(
            conversation,
            said.snapshot(message, conversation, mentioned=mentioned, attachments=candidate.files),
        )
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
