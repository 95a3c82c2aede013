"""A board is a place where a group of people moves cards through columns."""

import uuid

from django.conf import settings
from django.db import models
from django.urls import reverse

from .membership import BoardMembership


class BoardQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The boards this person is on. Being a superuser puts nobody on a board."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        return self.filter(pk__in=BoardMembership.objects.filter(user=user).values("board"))


class Board(models.Model):
    name = models.CharField(max_length=80)
    people = models.ManyToManyField(
        settings.AUTH_USER_MODEL, through="BoardMembership", related_name="boards", editable=False
    )
    # The number of the latest change of anything on the board; gapless, taken under this row's lock.
    revision = models.PositiveBigIntegerField(default=0, editable=False)
    # The revision of the latest change of the name; and of the people: who they are, or a name, picture or role.
    name_revision = models.PositiveBigIntegerField(default=0, editable=False)
    people_revision = models.PositiveBigIntegerField(default=0, editable=False)
    # A new epoch, after a restored backup, means another history: browsers must forget the old one.
    epoch = models.UUIDField(default=uuid.uuid4, editable=False)
    # Changes whenever somebody may have lost access.
    access = models.PositiveBigIntegerField(default=0, editable=False)
    # For how many days messages are kept; see boards/keeping.py.
    retention_days = models.PositiveIntegerField(null=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = BoardQuerySet.as_manager()

    class Meta:
        ordering = ["name", "id"]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("boards:board", args=[self.pk])

    @property
    def url(self):
        return self.get_absolute_url()

    @property
    def stream(self):
        return f"board:{self.pk}"
