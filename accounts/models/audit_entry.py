"""An audit entry tells who did what, when, and to whom or what. It is written once and never changed."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..audit.words import sentence
from ..sessions.browser_names import words_for

PERSON = "person"


class AuditEntryQuerySet(models.QuerySet):
    def about(self, person_id):
        """What this person did, and what was done to them."""
        return self.filter(Q(who_id=person_id) | Q(kind=PERSON, noun_id=person_id))

    def naming(self, words):
        """The same for everybody whose name contained these words at the time: they may be renamed or deleted since."""
        return self.filter(Q(who__icontains=words) | Q(kind=PERSON, noun__icontains=words))


class AuditEntry(models.Model):
    at = models.DateTimeField(default=timezone.now, db_index=True, editable=False)
    # One of audit_words.WORDS.
    word = models.CharField(max_length=40, editable=False)
    # Ids and names as they were, and no foreign keys: an entry outlives what it tells of. Without a person it was the
    # server or, if there is an IP address, somebody who was not signed in.
    who_id = models.BigIntegerField(null=True, editable=False)
    who = models.CharField(max_length=240, blank=True, editable=False)
    kind = models.CharField(max_length=20, blank=True, editable=False)
    noun_id = models.BigIntegerField(null=True, editable=False)
    noun = models.CharField(max_length=240, blank=True, editable=False)
    # Where it was done: the board, and the conversation.
    board_id = models.BigIntegerField(null=True, editable=False)
    room_id = models.BigIntegerField(null=True, editable=False)
    place = models.CharField(max_length=240, blank=True, editable=False)
    address = models.CharField(max_length=45, blank=True, editable=False)
    browser = models.CharField(max_length=200, blank=True, editable=False)
    details = models.JSONField(default=dict, editable=False)

    objects = AuditEntryQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["who_id", "-id"], name="audit_entry_by_whom"),
            models.Index(fields=["kind", "noun_id", "-id"], name="audit_entry_on_what"),
            models.Index(fields=["board_id", "-id"], name="audit_entry_of_board"),
        ]

    def __str__(self):
        who = self.who or (_("Somebody") if self.address else _("The server"))
        return sentence(
            self.word,
            **{**self.details, "who": who, "on": self.noun or _("nobody known"), "place": self.place},
        )

    @property
    def browser_name(self):
        return words_for(self.browser) if self.browser else ""
