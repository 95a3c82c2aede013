"""An access token lets a program use the API in a person's name, within the token's scopes."""

import hashlib
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from ..sessions.validity import database_now


class AccessTokenQuerySet(models.QuerySet):
    def of(self, secret):
        return self.filter(digest=digest_of(secret))

    def standing(self):
        """Those that are valid now."""
        return self.filter(Q(good_until=None) | Q(good_until__gt=database_now()), user__is_active=True)


class AccessToken(models.Model):
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="access_tokens")
    # What it is for, in its person's words.
    name = models.CharField(max_length=80)
    # Only the secret's digest is stored: nobody can use what the database holds.
    digest = models.CharField(max_length=64, unique=True)
    # Names of accounts/scopes.py, separated by spaces.
    scope = models.CharField(max_length=200)
    made_at = models.DateTimeField(default=timezone.now)
    # None: until it is ended, which deletes the row.
    good_until = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)

    objects = AccessTokenQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(scope=""), name="a_token_lets_one_do_something"),
        ]

    def __str__(self):
        return self.name

    @property
    def scopes(self):
        return self.scope.split()

    @property
    def last_day(self):
        """A moment of the last day on which it is valid, or None."""
        return self.good_until and self.good_until - timedelta(microseconds=1)

    @property
    def is_over(self):
        return self.good_until is not None and self.good_until <= timezone.now()


def digest_of(secret):
    return hashlib.sha256(f"token {secret}".encode(errors="replace")).hexdigest()
