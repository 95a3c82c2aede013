"""A task is a piece of work: a card on a board, with a conversation of its own."""

from django.conf import settings
from django.db import models

from .membership import BoardMembership


class TaskQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The tasks of boards this person is on."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        return self.filter(board__in=BoardMembership.objects.filter(user=user).values("board"))

    def shown(self):
        return self.filter(archived_at=None)


class Task(models.Model):
    class Why(models.TextChoices):
        CREATED = "created"
        MOVED = "moved"
        RENAMED = "renamed"
        CHANGED = "changed"
        COMMENTED = "commented"
        ARCHIVED = "archived"

    board = models.ForeignKey("Board", models.CASCADE, related_name="tasks")
    column = models.ForeignKey("Column", models.RESTRICT, related_name="tasks")
    title = models.CharField(max_length=200)
    description = models.TextField(max_length=8000, blank=True)
    rank = models.TextField(editable=False)
    assignees = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="assigned_tasks", blank=True)
    labels = models.ManyToManyField("Label", related_name="tasks", blank=True)
    due = models.DateField(null=True, blank=True)
    comment_count = models.PositiveIntegerField(default=0, editable=False)
    # How many items its checklist has, and how many of them are ticked. The database has the defaults too, because the
    # previous version still creates cards while an update runs.
    items_total = models.PositiveSmallIntegerField(default=0, db_default=0, editable=False)
    items_done = models.PositiveSmallIntegerField(default=0, db_default=0, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="created_tasks", editable=False
    )
    # The id that the browser gave the card before sending it, so that a retry creates no second one.
    client_id = models.UUIDField(null=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)
    # When it was last moved to another column, and by whom.
    moved_at = models.DateTimeField(null=True, editable=False)
    moved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", editable=False
    )
    archived_at = models.DateTimeField(null=True, editable=False)
    # The board's revision at this card's latest change and when it was created, and what the latest change was.
    revision = models.PositiveBigIntegerField(editable=False)
    born = models.PositiveBigIntegerField(editable=False)
    why = models.CharField(max_length=9, choices=Why.choices, default=Why.CREATED, editable=False)

    objects = TaskQuerySet.as_manager()

    class Meta:
        ordering = ["rank"]
        constraints = [
            models.UniqueConstraint(fields=["column", "rank"], name="one_card_per_place"),
            models.UniqueConstraint(fields=["board", "revision"], name="one_card_change_per_revision"),
            models.UniqueConstraint(fields=["created_by", "client_id"], name="a_retry_is_not_a_new_card"),
            models.CheckConstraint(
                condition=models.Q(items_done__lte=models.F("items_total")),
                name="no_more_is_ticked_than_is_there",
            ),
        ]
        indexes = [
            models.Index(
                fields=["due"],
                condition=models.Q(due__isnull=False, archived_at=None),
                name="card_by_due_date",
            )
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        # A path, not a URL name: the page belongs to messaging, on which this app does not depend.
        return f"/boards/task/{self.pk}/"

    @property
    def url(self):
        return self.get_absolute_url()
