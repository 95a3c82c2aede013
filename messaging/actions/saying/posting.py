"""Saying something: one post, or all that wait in any conversations, in one transaction."""

from dataclasses import dataclass
from functools import partial
from itertools import groupby

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DataError, IntegrityError, OperationalError, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from live import metrics
from live.database.many import find, finding, inserting, updating
from live.database.trip import execute
from live.failpoints import pass_by

from ... import policy
from ...models import Attachment, Membership, Message
from ...posts import Candidate, Post, uuid_of
from ...queries import snapshots
from ...queries.people import people_named
from ..changing import BRIEFLY, LONG, NOT, Held, is_held, locking, number_messages, saving_numbers, tell_all
from ..files.linking import order_previews
from ..notices.inboxes import lock_inboxes
from .commenting import count_comments
from .mentioning import mention
from .telling import everybody_concerned, look_whom_it_concerns, ring, tell_whom_it_concerns

MOST_ATTACHMENTS = 10


def post_message(*, conversation_id, **what):
    """The new message, from the fields of a Post.

    Posting the same `client_id` again finds the message that it made: a retry is always safe.
    """
    (outcome,) = post_messages([(conversation_id, Post(**what))])
    if isinstance(outcome, Exception):
        raise outcome
    return outcome


def post_messages(posts, *, waits=LONG):
    """What became of each (conversation id, Post), in their order.

    That is its message, or the ValidationError or PermissionDenied that refuses it, or the DatabaseError that it alone
    met: a post that fails takes no other with it. Who does NOT wait for others who are writing gets Held for their
    conversations; who waits BRIEFLY has it raised when that does not do. Raises a DatabaseError when nothing could be
    written at all.
    """
    candidates = [Candidate(conversation_id, post) for conversation_id, post in posts]
    try:
        _write(candidates, waits)
    except (IntegrityError, DataError) as error:
        return _one_by_one(posts, waits, error)
    except OperationalError as error:
        if waits == BRIEFLY and is_held(error):
            raise Held from error
        raise
    return [candidate.result for candidate in candidates]


@transaction.atomic
def _write(candidates, waits):
    transaction.on_commit(partial(pass_by, "posting.after_commit"))  # before anybody is told
    seen = _look_under_locks([candidate for candidate in candidates if candidate.is_open], waits)
    steps = partial(_refuse_those_who_may_not, seen), partial(_recognise_retries, seen), _look_up, _say
    for step in steps:
        step([candidate for candidate in candidates if candidate.is_open])


@dataclass(frozen=True)
class Seen:
    """What is known of some posts once their conversations are locked."""

    roles: dict  # as the policy finds them
    made: dict  # {(author id, client id): message}


def _look_under_locks(candidates, waits):
    found, roles, made = [], {}, []
    execute(
        locking({one.conversation_id for one in candidates}, found.extend, waits=waits),
        policy.finding_roles({(one.author.pk, one.conversation_id) for one in candidates}, roles),
        finding(MADE, [_kept(one.key) for one in candidates if one.client_id], made.extend),
    )
    conversations = {conversation.pk: conversation for conversation in found}
    for candidate in candidates:
        candidate.conversation = conversations.get(candidate.conversation_id)
        if candidate.conversation is None:
            candidate.outcome = PermissionDenied(_("You may not do that here.")) if waits != NOT else Held()
    return Seen(roles, _by_key(made))


def _refuse_those_who_may_not(seen, candidates):
    for candidate in candidates:
        if not policy.can(policy.POST, candidate.author.pk, candidate.conversation, seen.roles):
            candidate.outcome = PermissionDenied(_("You may not do that here."))


def _recognise_retries(seen, candidates):
    first = {}
    for candidate in [candidate for candidate in candidates if candidate.client_id]:
        message = seen.made.get(candidate.key)
        if message is not None:
            is_here = message.conversation_id == candidate.conversation_id
            candidate.outcome = message if is_here else _used_elsewhere()
        elif candidate.key not in first:
            first[candidate.key] = candidate
        elif first[candidate.key].conversation_id == candidate.conversation_id:
            candidate.twin = first[candidate.key]
        else:
            candidate.outcome = _used_elsewhere()


MADE = """
    SELECT id FROM ({rows}) AS named
    JOIN messaging_message ON author_id = named.column1 AND client_id = named.column2
"""


def _kept(key):
    author_id, client_id = key
    return author_id, Message._meta.get_field("client_id").get_db_prep_value(client_id, connection)


def _by_key(ids):
    made = Message.objects.in_bulk([id for (id,) in ids]) if ids else {}
    return {(message.author_id, message.client_id): message for message in made.values()}


def _look_up(candidates):
    """Whom and what each speaks of; most speak of nobody, and ask nothing."""
    taken = set()
    for candidate in candidates:
        conversation = candidate.conversation
        try:
            candidate.people = people_named(conversation, candidate.parsed.names, candidate.author)
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
        raise ValidationError(_("The message you answer is not here any more."))
    return message


def _uploads(conversation, candidate, taken):
    """The author's uploads in their order, each of which can be posted once; `taken` are those of posts written with
    this one."""
    ids = dict.fromkeys(candidate.post.attachments)
    if not ids:
        return []
    if len(ids) > MOST_ATTACHMENTS:
        raise ValidationError(
            _("Please attach at most %(most)d files to a message."), params={"most": MOST_ATTACHMENTS}
        )
    waiting = Attachment.objects.filter(conversation=conversation, uploader=candidate.author, message=None)
    uploads = waiting.select_for_update(no_key=True).in_bulk(ids.keys() - taken)
    if len(uploads) != len(ids):
        raise ValidationError(_("One of the files is not there any more: please attach it again."))
    return [uploads[id] for id in ids]


def _say(candidates):
    if not candidates:
        return
    look_whom_it_concerns(candidates)
    _lock_inboxes(candidates)
    said_in, moment = _by_conversation(candidates), timezone.now()
    for conversation, theirs in said_in.items():
        numbered = number_messages(conversation, [candidate.fields(moment) for candidate in theirs])
        for candidate, message in zip(theirs, numbered, strict=True):
            candidate.outcome = message
    messages = [candidate.outcome for candidate in candidates]
    execute(saving_numbers(said_in), _reading_along(said_in), inserting(messages))
    transaction.on_commit(partial(metrics.batches.observe, len(candidates)))
    tell_all([(candidate.conversation, _told(candidate)) for candidate in candidates])
    ring(messages)
    order_previews([(candidate.outcome, candidate.parsed) for candidate in candidates])
    for conversation in said_in:
        count_comments(conversation)


def _lock_inboxes(candidates):
    """Before the places of those who speak are moved. One who only listens is locked when told, in the same order."""
    concerned = everybody_concerned(candidates)
    if len(concerned) > 1 or concerned & {candidate.author.pk for candidate in candidates}:
        lock_inboxes(concerned)


def _by_conversation(candidates):
    """{conversation: its candidates, in their order}"""
    said_in = {}
    for candidate in candidates:
        said_in.setdefault(candidate.conversation, []).append(candidate)
    return said_in


def _told(candidate):
    """The new message as it is told, once those whom it names and its files belong to it."""
    message = candidate.outcome
    mentioned = mention(message, candidate.people.values()) if candidate.people else []
    tell_whom_it_concerns(candidate)
    if candidate.files:
        for place, file in enumerate(candidate.files):
            file.message, file.place = message, place
        Attachment.objects.bulk_update(candidate.files, ["message", "place"])
    return snapshots.snapshot(
        message, candidate.conversation, mentioned=mentioned, attachments=candidate.files
    )


READ_ALONG = """
    UPDATE messaging_membership SET read_seq = said.column3 FROM ({rows}) AS said
    WHERE conversation_id = said.column1 AND user_id = said.column2 AND read_seq = said.column4
"""


def _reading_along(said_in):
    """For `execute`. Whoever had read everything before their own words has now read those too, up to those of somebody
    else.
    """
    moves = []
    for conversation, candidates in said_in.items():
        messages = [candidate.outcome for candidate in candidates]
        if conversation.is_task and messages[0].seq == 1:  # the first comment begins its author's reading
            begun = Membership(conversation=conversation, user=messages[0].author)
            Membership.objects.bulk_create([begun], ignore_conflicts=True)
        spoke = set()
        for author_id, run in groupby(messages, lambda message: message.author_id):
            seqs = [message.seq for message in run]
            if author_id not in spoke:
                spoke.add(author_id)
                moves.append((conversation.pk, author_id, seqs[-1], seqs[0] - 1))
    return updating(READ_ALONG, moves)


def _one_by_one(posts, waits, error):
    """One of several broke a rule of the database: each for itself, to find which, and to keep the others.

    None of them raises Held when some have been kept already: who then tries all again would say those twice.
    """
    waits = NOT if waits == BRIEFLY else waits
    if len(posts) > 1:
        return [post_messages([post], waits=waits)[0] for post in posts]
    if isinstance(error, DataError):
        return [ValidationError(_("The database cannot keep this message as it is."))]
    post = posts[0][1]
    # Who found no such message before their write has met one written meanwhile: under the lock, so elsewhere.
    was_made = find(MADE, [_kept((post.author.pk, uuid_of(post.client_id)))])
    return [_used_elsewhere() if was_made else error]


def _used_elsewhere():
    return ValidationError(_("This client_id was used in another conversation."))
