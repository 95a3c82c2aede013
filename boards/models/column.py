"""A column is a stage that cards go through."""

from django.db import models

from .task import Task


class ColumnQuerySet(models.QuerySet):
    def shown(self):
        return self.filter(removed_at=None)

    def with_cards(self):
        """The columns, each with `cards`: a list of its shown cards in order. Four queries in all."""
        cards = Task.objects.shown().prefetch_related("assignees", "labels")
        return self.prefetch_related(models.Prefetch("tasks", queryset=cards, to_attr="cards"))


class Column(models.Model):
    class Why(models.TextChoices):
        CREATED = "created"
        CHANGED = "changed"
        REMOVED = "removed"

    LARGEST_LIMIT = 999

    board = models.ForeignKey("Board", models.CASCADE, related_name="columns")
    title = models.CharField(max_length=80)
    rank = models.TextField(editable=False)
    is_done = models.BooleanField(default=False)
    # How many cards the team wants here at most. Pages mark a column that has more; nothing is refused.
    limit = models.PositiveSmallIntegerField(null=True, blank=True)
    # Removed columns stay as rows, so that a browser that was away can be told of the removal.
    removed_at = models.DateTimeField(null=True, editable=False)
    # The board's revision at this column's latest change and when it was created, and what the latest change was.
    revision = models.PositiveBigIntegerField(editable=False)
    born = models.PositiveBigIntegerField(editable=False)
    why = models.CharField(max_length=8, choices=Why.choices, default=Why.CREATED, editable=False)

    objects = ColumnQuerySet.as_manager()

    class Meta:
        ordering = ["rank"]
        constraints = [
            models.UniqueConstraint(fields=["board", "rank"], name="one_column_per_place"),
            models.UniqueConstraint(fields=["board", "revision"], name="one_column_change_per_revision"),
            models.CheckConstraint(condition=models.Q(limit__gte=1), name="a_limit_leaves_room_for_a_card"),
        ]

    def __str__(self):
        return self.title
