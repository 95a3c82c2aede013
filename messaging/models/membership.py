"""A membership lets one person into a conversation, and holds how far they have read and what they are told of."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Membership(models.Model):
    class Role(models.TextChoices):
        MEMBER = "member", _("Member")
        MODERATOR = "moderator", _("Moderator")

    class Level(models.TextChoices):
        ALL = "all", _("Everything")
        MENTIONS = "mentions", _("Mentions")
        NOTHING = "nothing", _("Nothing")

    conversation = models.ForeignKey("Conversation", models.CASCADE, related_name="memberships")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="conversation_memberships"
    )
    role = models.CharField(max_length=9, choices=Role.choices, default=Role.MEMBER)
    level = models.CharField(max_length=8, choices=Level.choices, default=Level.MENTIONS)
    # Everything up to this place (seq) has been read. Unread counts and receipts are computed from it.
    read_seq = models.PositiveBigIntegerField(default=0)
    # Its position among the person's favourites (a rank as in boards/ranks.py); empty if it is none.
    favourite = models.CharField(max_length=100, blank=True, editable=False)
    # The person's inbox revision when this was last changed, and when they joined.
    inbox_revision = models.PositiveBigIntegerField(default=0, editable=False)
    inbox_born = models.PositiveBigIntegerField(default=0, editable=False)
    joined_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["conversation", "user"], name="one_membership_per_person_and_conversation"
            )
        ]
        indexes = [models.Index(fields=["user", "inbox_revision"], name="membership_in_inbox")]

    def __str__(self):
        return f"{self.user_id} in {self.conversation_id} ({self.role})"
