"""A board as a stream: where it stands, what changed, who may follow, and how it is said."""

from django.contrib.auth import get_user_model
from django.utils import timezone

from live.streams import Change, Head, Source

from . import frames
from .models import Board, BoardMembership


class BoardStream(Source):
    kind = "board"

    def heads(self, ids):
        rows = Board.objects.filter(pk__in=ids).values_list("pk", "revision", "epoch", "access")
        return {pk: Head(revision, str(epoch), access) for pk, revision, epoch, access in rows}

    def changes(self, id, since, limit):
        """Cards, columns, the name and the people: in five queries, or fewer."""
        board = Board.objects.filter(pk=id).first()
        if board is None:
            return []
        changed = [*_cards(board, since, limit), *_columns(board, since, limit), *_of_board(board, since)]
        return sorted(changed, key=lambda change: change.revision)[:limit]

    def allowed(self, id, user_ids):
        memberships = BoardMembership.objects.filter(board=id, user__in=user_ids, user__is_active=True)
        return set(memberships.values_list("user_id", flat=True))

    def say(self, change, revision, dialect, since):
        tell, facts = change.noun
        if dialect == "inbox" and tell is not frames.about_name:
            return []
        return [tell(facts, revision, change.is_new(since))]

    def whispered(self, id, whisper, dialect):
        """Presence is for the inbox, which is open on every page."""
        if dialect != "inbox" or whisper.get("kind") not in {"roster", "presence"}:
            return []
        now = timezone.now()
        told = [frames.presence(_who_show_it(ids), status, now) for status, ids in _by_status(whisper)]
        return [frame for frame in told if frame["members"]]


def _cards(board, since, limit):
    tasks = (
        board.tasks.filter(revision__gt=since).order_by("revision").prefetch_related("assignees", "labels")
    )
    return [
        Change(task.revision, task.born, (frames.about_card, frames.card(task))) for task in tasks[:limit]
    ]


def _columns(board, since, limit):
    columns = board.columns.filter(revision__gt=since).order_by("revision")[:limit]
    return [Change(one.revision, one.born, (frames.about_column, frames.column(one))) for one in columns]


def _of_board(board, since):
    if board.name_revision > since:
        yield Change(board.name_revision, 0, (frames.about_name, frames.name(board)))
    if board.people_revision > since:
        people = board.people.order_by("display_name", "username")
        yield Change(board.people_revision, 0, (frames.about_people, frames.people(board, people)))


def _by_status(whisper):
    away = set(whisper.get("away", ()))
    here = (
        {*whisper["here"]} if whisper["kind"] == "roster" else {*whisper["came"], *whisper.get("turned", ())}
    )
    return ("active", here - away), ("away", here & away), ("offline", whisper.get("gone", ()))


def _who_show_it(user_ids):
    return get_user_model().objects.filter(pk__in=user_ids, shares_presence=True)
