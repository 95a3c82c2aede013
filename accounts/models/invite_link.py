"""An invite link lets people without an account join."""

import hashlib

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext, ngettext

from ..sessions.validity import database_now

NOT_USED_UP = Q(people=None) | Q(used__lt=F("people"))


class InviteLinkQuerySet(models.QuerySet):
    def of(self, token):
        return self.filter(digest=digest_of(token))

    def standing(self):
        """Those by which somebody can still join."""
        return self.filter(NOT_USED_UP, taken_back_at=None, good_until__gt=database_now())


class InviteLink(models.Model):
    # Only the token's digest is stored: nobody can join with what the database holds.
    digest = models.CharField(max_length=64, unique=True)
    # Whom it is for, in the words of whoever made it.
    note = models.CharField(max_length=80, blank=True)
    # How many people may join by it; None: any number.
    people = models.PositiveIntegerField(null=True)
    used = models.PositiveIntegerField(default=0)
    # None: a command on the server.
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="invite_links"
    )
    made_at = models.DateTimeField(default=timezone.now)
    good_until = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True)

    objects = InviteLinkQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(people=None) | Q(used__lte=F("people")), name="no_more_come_than_were_invited"
            )
        ]

    def __str__(self):
        return self.note or f"invite link {self.pk}"

    @property
    def for_whom(self):
        if self.note or not self.people:
            return self.note or gettext("any number of people")
        return ngettext("one person", "%(count)d people", self.people) % {"count": self.people}

    @property
    def is_used_up(self):
        return self.people is not None and self.used >= self.people


def digest_of(token):
    return hashlib.sha256(f"invite {token}".encode(errors="replace")).hexdigest()
