"""A board as a stream: its head, its changes, who may follow it, and the frames that tell of a change."""

from django.contrib.auth import get_user_model
from django.utils import timezone

from live.database.question import Question
from live.streams import Change, Head, Source

from . import at_cards, frames
from .models import Board, BoardMembership, Task


class BoardStream(Source):
    kind = "board"

    def heads(self, ids):
        return {
            pk: Head(revision, str(epoch), access) for pk, revision, epoch, access in HEADS.ask(ids=list(ids))
        }

    def changes(self, id, since, limit):
        """Changes of cards, columns, the name and the people, in at most six queries."""
        board = Board.objects.filter(pk=id).first()
        if board is None:
            return []
        changed = [*_cards(board, since, limit), *_columns(board, since, limit), *_of_board(board, since)]
        return sorted(changed, key=lambda change: change.revision)[:limit]

    def allowed(self, id, user_ids):
        memberships = BoardMembership.objects.filter(board=id, user__in=user_ids, user__is_active=True)
        return set(memberships.values_list("user_id", flat=True))

    def say(self, change, revision, dialect, since):
        """The frames of a change. Its noun is {"board": (frame function, its facts), "inbox": the same, or missing}."""
        tell, facts = change.noun.get("inbox" if dialect == "inbox" else "board", (None, None))
        return [tell(facts, revision, change.is_new(since))] if tell else []

    def whispered(self, id, whisper, dialect):
        """The frames of a whisper. Presence goes to inboxes, which every page opens; who is at a card to the board."""
        if dialect == "board" and at_cards.is_about_cards(whisper):
            return at_cards.told(whisper)
        if dialect != "inbox" or whisper.get("kind") not in {"roster", "presence"}:
            return []
        now = timezone.now()
        told = [frames.presence(_who_show_it(ids), status, now) for status, ids in _by_status(whisper)]
        return [frame for frame in told if frame["members"]]


def brings_or_takes(change, since):
    """Whether a reader at revision `since` gets or loses a card by it, or gets a column, or inboxes are told of it."""
    _, facts = change.noun["board"]
    return "inbox" in change.noun or change.is_new(since) or facts["why"] == Task.Why.ARCHIVED


def card_that_concerns(user_id, change, revision):
    """The id of the changed card, if it is assigned to this person or may have been until now; else None.

    A revision that is told by a later change no longer says what was done at it.
    """
    _, facts = change.noun["board"]
    is_theirs = any(one["user_id"] == user_id for one in facts.get("assignees", ()))
    may_be_taken = facts["why"] == Task.Why.CHANGED or revision < change.revision
    return facts.get("task_id") if is_theirs or may_be_taken else None


HEADS = Question(
    lambda ids: Board.objects.filter(pk__in=ids).order_by().values_list("pk", "revision", "epoch", "access"),
    ids=[int],
)


def _cards(board, since, limit):
    tasks = (
        board.tasks.filter(revision__gt=since).order_by("revision").prefetch_related("assignees", "labels")
    )
    return [
        Change(task.revision, task.born, {"board": (frames.about_card, frames.card(task))})
        for task in tasks[:limit]
    ]


def _columns(board, since, limit):
    columns = board.columns.filter(revision__gt=since).order_by("revision")[:limit]
    return [
        Change(one.revision, one.born, {"board": (frames.about_column, frames.column(one))})
        for one in columns
    ]


def _of_board(board, since):
    if board.name_revision > since:
        about = frames.about_name, frames.name(board)
        yield Change(board.name_revision, 0, {"board": about, "inbox": about})
    if board.people_revision > since:
        yield from _people(board, since)


def _people(board, since):
    """The latest change tells the board the whole list of people. Earlier ones, and inboxes, only tell who changed."""
    on_it = board.memberships.select_related("user").order_by("user__display_name", "user__username")
    noun = {"board": (frames.about_people, frames.people(board, [one.user for one in on_it]))}
    for one in on_it:
        about = frames.about_persons, frames.persons(board.pk, [one.user])
        if one.shown_revision == board.people_revision:
            noun["inbox"] = about
        elif one.shown_revision > since:
            yield Change(one.shown_revision, 0, {"board": about, "inbox": about})
    yield Change(board.people_revision, 0, noun)


def _by_status(whisper):
    away = set(whisper.get("away", ()))
    here = (
        {*whisper["here"]} if whisper["kind"] == "roster" else {*whisper["came"], *whisper.get("turned", ())}
    )
    return ("active", here - away), ("away", here & away), ("offline", whisper.get("gone", ()))


def people_shown_since(board_id, since, user, most):
    """The frame person_changed for those whose name, picture or role changed after the revision `since`, oldest first.

    A board that the user may not see gives the same frame as one on which nobody changed.
    """
    board = Board.objects.visible_to(user).filter(pk=board_id).first()
    if board is None:
        return frames.persons_since(board_id, since, [], since)
    shown = board.memberships.filter(shown_revision__gt=since).select_related("user")
    shown = list(shown.order_by("shown_revision")[:most])
    upto = shown[-1].shown_revision if len(shown) == most else board.people_revision
    return frames.persons_since(board_id, upto, [one.user for one in shown], since)


def _who_show_it(user_ids):
    return get_user_model().objects.filter(pk__in=user_ids, shares_presence=True)
