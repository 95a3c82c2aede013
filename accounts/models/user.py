"""A user is a person with a name and preferences, or a bot, which only has a name and a picture."""

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.contrib.auth.models import AbstractUser
from django.contrib.auth.models import UserManager as DjangoUserManager
from django.db import models, transaction
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from .. import signals
from ..names import one_line
from ..pictures.faces import url_of
from ..sessions.validity import end_sessions_of

SHOWN = ("username", "display_name", "avatar")  # what others see of a person
TOLD = (*SHOWN, "is_active", "email")  # the fields for whose changes a signal is sent


class UserManager(DjangoUserManager):
    def get_by_natural_key(self, username):
        return self.get(username__iexact=username)

    def people(self):
        """Active people, without bots: those who can be added to a board or a room."""
        return self.filter(is_active=True, is_bot=False)


class User(AbstractUser):
    class Theme(models.TextChoices):
        AUTO = "auto", _("As the device")
        LIGHT = "light", _("Light")
        DARK = "dark", _("Dark")

    class Density(models.TextChoices):
        COMFORTABLE = "comfortable", _("Comfortable")
        COMPACT = "compact", _("Compact")

    first_name = last_name = None
    display_name = models.CharField(max_length=80, blank=True)
    time_zone = models.CharField(max_length=64, blank=True)
    # A code of settings.LANGUAGES; empty: as their browser asks.
    language = models.CharField(max_length=12, blank=True)
    theme = models.CharField(max_length=5, choices=Theme.choices, default=Theme.AUTO)
    density = models.CharField(max_length=11, choices=Density.choices, default=Density.COMFORTABLE)
    # The key of their picture (accounts/pictures/faces.py), new for each picture; empty without one.
    avatar = models.CharField(max_length=40, blank=True, db_index=True, editable=False)
    # When one of their browsers was last connected.
    last_seen_at = models.DateTimeField(null=True, editable=False)
    shares_presence = models.BooleanField(default=True)
    shares_receipts = models.BooleanField(default=True)
    # Nobody can join with their address while they are deactivated.
    is_banned = models.BooleanField(default=False, editable=False)
    # The account of a program; see messaging/models/bot.py.
    is_bot = models.BooleanField(default=False, editable=False)

    # Whether the diagnostic made this account, which deletes it afterwards: that is not noted in the audit log.
    is_for_trial = False

    objects = UserManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                Lower("username"),
                name="usernames_differ_by_more_than_case",
                violation_error_message=_("A user with that username already exists."),
            ),
            models.CheckConstraint(
                condition=Q(is_active=False) | Q(is_banned=False),
                name="nobody_who_is_in_is_banned",
            ),
            models.CheckConstraint(
                condition=Q(is_bot=False)
                | Q(
                    password__startswith=UNUSABLE_PASSWORD_PREFIX,
                    email="",
                    is_staff=False,
                    is_superuser=False,
                ),
                name="a_bot_cannot_sign_in",
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def name(self):
        return self.display_name or self.username

    @property
    def marked_name(self):
        """The name for places that cannot show a bot's badge beside it."""
        return f"{self.name} (bot)" if self.is_bot else self.name

    @property
    def face(self):
        """The URL of their picture, or None: then others see an initial."""
        return url_of(self.avatar)

    def get_full_name(self):
        return self.name

    def get_short_name(self):
        return self.name

    def save(self, *args, **kwargs):
        """Save, and tell the signals. A new password, or deactivating, ends every session and token of the person."""
        self.display_name = one_line(self.display_name)
        has_new_password = bool(self.pk and self._password is not None)
        ends_sessions = has_new_password or (self.pk and not self.is_active)
        with transaction.atomic():
            changed = self._what_changes(kwargs.get("update_fields"))
            super().save(*args, **kwargs)
            if has_new_password:
                signals.password_changed.send(User, user=self)
            if "email" in changed:
                signals.address_changed.send(User, user=self)
            if "is_active" in changed:
                signals.is_active_changed.send(User, user=self)
            if changed.intersection(SHOWN):
                signals.person_changed.send(User, user=self)
            if ends_sessions:
                self.access_tokens.all().delete()
        if ends_sessions:
            end_sessions_of(self.pk)

    def delete(self, *args, **kwargs):
        """Deactivate first, which hands over the boards and rooms that this person runs, then delete."""
        user_id = self.pk
        with transaction.atomic():
            if self.is_active:
                self.is_active = False
                self.save(update_fields=["is_active"])
            deleted = super().delete(*args, **kwargs)
        end_sessions_of(user_id)
        return deleted

    def _what_changes(self, update_fields):
        """The names of those fields of TOLD that this save changes; none for a new user."""
        saved = [field for field in TOLD if update_fields is None or field in update_fields]
        if self._state.adding or not saved:
            return set()
        before = User.objects.filter(pk=self.pk).values(*saved).first() or {}
        return {field for field, value in before.items() if value != getattr(self, field)}
