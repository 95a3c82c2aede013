"""A conversation is a place to talk: a room of a board, the comments of a task, or a direct one between people."""

import uuid
from functools import cache

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Lower
from django.urls import reverse

from boards.keeping import days_kept
from boards.models import BoardMembership

from .membership import Membership


class ConversationQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The conversations that this person may read. Views and consumers find conversations in no other way."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        return self.open_to(user)

    def open_to(self, user):
        """The same for a user who is known to be active, or an OuterRef to one."""
        member = Exists(Membership.objects.filter(conversation=OuterRef("pk"), user=user))
        on_board = Exists(BoardMembership.objects.filter(board=OuterRef("board"), user=user))
        # A membership in a task's conversation only holds the reading position; it gives no access.
        return self.filter(~Q(kind=Conversation.Kind.TASK) & member | Q(is_private=False) & on_board)

    def rooms(self):
        """Rooms and direct conversations, which have the URL of a room; comments of tasks have another."""
        return self.exclude(kind=Conversation.Kind.TASK)


class Conversation(models.Model):
    class Kind(models.TextChoices):
        ROOM = "room", "Room"
        TASK = "task", "Task"
        DIRECT = "direct", "Direct"

    kind = models.CharField(max_length=6, choices=Kind.choices)
    board = models.ForeignKey("boards.Board", models.CASCADE, null=True, related_name="conversations")
    task = models.OneToOneField("boards.Task", models.CASCADE, null=True, related_name="conversation")
    name = models.CharField(max_length=80, blank=True)
    description = models.CharField(max_length=250, blank=True)
    # Private ones can only be read by their members, the others by everybody on the board.
    is_private = models.BooleanField(default=False)
    archived_at = models.DateTimeField(null=True, editable=False)
    # The ids of the people of a direct conversation, such as "3-7", so that the same people have only one.
    people_key = models.CharField(max_length=200, null=True, unique=True, editable=False)
    # The place (seq) of the latest message, and the number of the latest change. Both are gapless, and are raised while
    # this row is locked.
    last_seq = models.PositiveBigIntegerField(default=0, editable=False)
    revision = models.PositiveBigIntegerField(default=0, editable=False)
    # Messages up to this place are cleared.
    cleared_seq = models.PositiveBigIntegerField(default=0, editable=False)
    # For how many days messages are kept; see boards/keeping.py. None: as on the board.
    retention_days = models.PositiveIntegerField(null=True, editable=False)
    # The id, in another product, of the channel that was imported as this room.
    brought_from = models.CharField(max_length=80, null=True, editable=False)
    # The board's revision up to which the room was told of activities there; null in rooms that are told of none.
    heard_revision = models.PositiveBigIntegerField(null=True, editable=False)
    # A new epoch, after a restored backup, means another history: browsers must forget the old one.
    epoch = models.UUIDField(default=uuid.uuid4, editable=False)
    # Changes whenever somebody may have lost access.
    access = models.PositiveBigIntegerField(default=0, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", editable=False
    )
    created_at = models.DateTimeField(auto_now_add=True)

    # Whether a webhook may be listening: set when the conversation is locked, True while that is not known.
    is_heard = True

    objects = ConversationQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(
                fields=["board"], condition=Q(heard_revision__isnull=False), name="rooms_that_hear_of_boards"
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                "board", Lower("name"), condition=Q(kind="room"), name="one_room_per_name_and_board"
            ),
            models.UniqueConstraint(
                fields=["board", "brought_from"],
                condition=Q(brought_from__isnull=False),
                name="a_channel_is_brought_in_as_one_room",
            ),
            models.CheckConstraint(
                condition=Q(kind="room", board__isnull=False, task=None)
                | Q(kind="task", board__isnull=False, task__isnull=False, is_private=False)
                | Q(kind="direct", board=None, task=None, is_private=True),
                name="a_conversation_is_of_a_board_a_task_or_its_people",
            ),
        ]

    def __str__(self):
        return self.name or f"{self.kind} {self.pk}"

    @property
    def is_task(self):
        return self.kind == self.Kind.TASK

    @property
    def days_kept(self):
        """For how many days messages are kept here; 0 is for ever."""
        return days_kept(self.retention_days, self.board and self.board.retention_days)

    @property
    def hears_board(self):
        return self.heard_revision is not None

    @property
    def default_level(self):
        """The notification level of its members until they choose one."""
        is_direct = self.kind == self.Kind.DIRECT
        return Membership.Level.ALL if is_direct else Membership.Level.MENTIONS

    @property
    def stream(self):
        return stream_of(self.pk)

    @property
    def url(self):
        return self.get_absolute_url()

    def get_absolute_url(self):
        return url_of(self.pk, self.task_id)


def url_of(conversation_id, task_id=None):
    """The URL of a conversation's page. Sidebars need very many, so URL patterns are only resolved once."""
    return _url("task", task_id) if task_id else _url("room", conversation_id)


def _url(kind, id):
    before, after = _around_the_id(kind)
    return f"{before}{id}{after}"


@cache
def _around_the_id(kind):
    return reverse(f"messaging:{kind}", args=[0]).split("0")


def stream_of(conversation_id):
    """The key of the stream that this conversation is."""
    return f"conversation:{conversation_id}"
